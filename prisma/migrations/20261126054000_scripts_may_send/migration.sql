-- Whether a workspace's scripts may send campaigns.
ALTER TABLE "workspaces" ADD COLUMN     "scripts_may_send" BOOLEAN NOT NULL DEFAULT false;

import type { FunctionConfig } from "./function-config";

/** The synced functions, found by what concerns an event. */
export interface FunctionRegistry {
  get(functionId: string): FunctionConfig | undefined;
  all(): FunctionConfig[];
  /** Functions with a trigger on this event name. */
  triggeredBy(eventName: string): FunctionConfig[];
  /** Functions with a cancelOn rule for this event name. */
  cancelledBy(eventName: string): FunctionConfig[];
}

/** Indexes functions by id, trigger and cancel rule. */
export function createRegistry(functions: FunctionConfig[]): FunctionRegistry {
  const byId = new Map(functions.map((config) => [config.id, config]));
  const byTrigger = new Map<string, FunctionConfig[]>();
  const byCancel = new Map<string, FunctionConfig[]>();
  const add = (index: Map<string, FunctionConfig[]>, name: string, config: FunctionConfig) => {
    const list = index.get(name) ?? [];
    if (!list.includes(config)) list.push(config);
    index.set(name, list);
  };
  for (const config of functions) {
    for (const trigger of config.eventTriggers) add(byTrigger, trigger.event, config);
    for (const rule of config.cancelOn) add(byCancel, rule.event, config);
  }
  return {
    get: (functionId) => byId.get(functionId),
    all: () => functions,
    triggeredBy: (eventName) => byTrigger.get(eventName) ?? [],
    cancelledBy: (eventName) => byCancel.get(eventName) ?? [],
  };
}

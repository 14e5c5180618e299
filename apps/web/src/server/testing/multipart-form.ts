/** A form as a browser sends it: fields as text, files with a name. */
export function multipartForm(
  parts: readonly (readonly [name: string, value: string | { fileName: string; content: Buffer | string }])[],
): { body: Buffer; headers: Record<string, string> } {
  const boundary = "----hustings-test-boundary";
  const pieces = parts.flatMap(([name, value]) => {
    const isFile = typeof value !== "string";
    const disposition = `form-data; name="${name}"${isFile ? `; filename="${value.fileName}"` : ""}`;
    return [`--${boundary}\r\ncontent-disposition: ${disposition}\r\n\r\n`, isFile ? value.content : value, "\r\n"];
  });
  const body = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
  return { body, headers: { "content-type": `multipart/form-data; boundary=${boundary}` } };
}

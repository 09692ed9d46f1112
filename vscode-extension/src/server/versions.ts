/** Whether server and extension were made for each other: they have one version, and patches may differ. */
export function fits(server: string, extension: string): boolean {
  const line = (version: string) => version.split(".").slice(0, 2).join(".");
  return line(server) === line(extension);
}

/** Stands in for the Python extension: its documented API of environments, where a box asks for the interpreter. */

const vscode = require("vscode");

exports.activate = () => {
  let selected = "";
  const changed = new vscode.EventEmitter();
  vscode.commands.registerCommand("python.setInterpreter", async () => {
    const path = await vscode.window.showInputBox({ title: "Select Interpreter", value: selected });
    if (path) {
      selected = path;
      changed.fire({ id: path, path, resource: undefined });
    }
  });
  const resolve = ({ path }) => ({ id: path, path, executable: { uri: vscode.Uri.file(path) } });
  return {
    ready: Promise.resolve(),
    environments: {
      getActiveEnvironmentPath: () => ({ id: selected, path: selected }),
      resolveEnvironment: async (environment) => (environment.path ? resolve(environment) : undefined),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};

/** Names that have got others in this window: a renamed agent is the one that ran. */

import type { Middleware } from "vscode-languageclient/node";
import { type Names, namesSince, type Renamed } from "./names";

export class Renames {
  private readonly made: Renamed[] = [];

  /** Listens to what the editor renames. */
  readonly middleware: Pick<Middleware, "provideRenameEdits"> = {
    provideRenameEdits: async (document, position, name, token, next) => {
      const edit = await next(document, position, name, token);
      const before = document.getText(document.getWordRangeAtPosition(position));
      if (edit && before) {
        this.made.push({ before, after: name, time: Date.now() });
      }
      return edit;
    },
  };

  /** What names of that time are now. */
  since(time: number): Names {
    return namesSince(this.made, time);
  }
}

;;; nexa-mode.el --- The Nexa language, with eglot -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "29.1"))
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Put this folder on `load-path' and (require 'nexa-mode).  M-x eglot in a `.nx' file starts the server, which
;; `pip install nexa-lsp' brings.  M-x nexa-run, nexa-run-test, nexa-stop and nexa-graph do what the lenses of other
;; editors do.

;;; Code:

(require 'eglot)

(defgroup nexa nil
  "The Nexa language."
  :group 'languages)

(defcustom nexa-server-command '("nexa-lsp")
  "What starts the language server."
  :type '(repeat string))

(defcustom nexa-command "nexa"
  "What starts the command line, for `nexa-graph'."
  :type 'string)

(defvar nexa-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?' "\"" table)
    (modify-syntax-entry ?` "\"" table)
    (modify-syntax-entry ?_ "_" table)
    (dolist (operator (append "+-%&|<>=!?:.,;@#" nil))
      (modify-syntax-entry operator "." table))
    table))

(defconst nexa--declarations
  '("agent" "tool" "protocol" "flow" "fn" "test" "type" "struct" "enum" "trait" "impl" "job" "server" "db" "auth" "kv"))

(defconst nexa--keywords
  '("and" "assert" "autoloop" "await" "break" "catch" "catch_correction" "continue" "defer" "else" "ensures" "fallback"
    "finally" "for" "fork" "if" "implements" "in" "include" "invariant" "is" "let" "loop" "match" "fast_match" "intent"
    "merge" "not" "or" "otherwise" "raise" "requires" "return" "satisfies" "against" "semantic_if" "spawn" "then" "try"
    "try_agent" "unharnessed" "until" "use" "uses" "verify" "while" "with_context"))

(defconst nexa--font-lock
  `((,(concat "\\_<" (regexp-opt nexa--declarations) "\\_>[ \t]+\\(\\(?:\\sw\\|\\s_\\)+\\)")
     (1 font-lock-function-name-face))
    (,(regexp-opt (append nexa--declarations nexa--keywords) 'symbols) . font-lock-keyword-face)
    (,(regexp-opt '("true" "false" "null" "self") 'symbols) . font-lock-constant-face)
    ("@\\(?:\\sw\\|\\s_\\)+" . font-lock-preprocessor-face)
    ("|>>\\|&>>\\|>>\\||>\\|\\?\\?\\|||\\|&&" . font-lock-builtin-face)
    ("^[ \t]*\\(\\(?:\\sw\\|\\s_\\)+\\)[ \t]*:" 1 font-lock-property-name-face)))

;;;###autoload
(define-derived-mode nexa-mode prog-mode "Nexa"
  "Programs and libraries of Nexa."
  (setq-local comment-start "// "
              comment-start-skip "//+[ \t]*"
              indent-tabs-mode nil
              font-lock-defaults '(nexa--font-lock)
              indent-line-function #'nexa-indent-line))

;;;###autoload
(define-derived-mode nexa-secrets-mode prog-mode "Nexa Secrets"
  "Secrets files of Nexa."
  :syntax-table nexa-mode-syntax-table
  (setq-local comment-start "// " comment-start-skip "//+[ \t]*"))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.nx\\(?:lib\\)?\\'" . nexa-mode))
;;;###autoload
(add-to-list 'auto-mode-alist '("\\.nxs\\'" . nexa-secrets-mode))

(defun nexa-indent-line ()
  "Indent by the brackets that are open at the start of the line."
  (interactive)
  (let* ((depth (save-excursion
                  (back-to-indentation)
                  (let ((open (car (syntax-ppss (line-beginning-position)))))
                    (if (looking-at-p "[])}]") (1- open) open))))
         (column (* 4 (max 0 depth))))
    (if (<= (current-column) (current-indentation))
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

;;; The server

(defclass nexa-server (eglot-lsp-server) ()
  :documentation "`nexa-lsp'.")

(cl-defmethod eglot-client-capabilities ((_server nexa-server))
  "What eglot can do, and that we listen to runs."
  (plist-put (cl-call-next-method) :experimental '(:nexa (:runEvents t))))

(add-to-list 'eglot-server-programs
             `((nexa-mode :language-id "nexa") . ,(lambda (&rest _) (cons 'nexa-server nexa-server-command))))
(add-to-list 'eglot-server-programs
             `((nexa-secrets-mode :language-id "nexa-secrets")
               . ,(lambda (&rest _) (cons 'nexa-server nexa-server-command))))

;;; Runs

(defvar nexa--last-run nil
  "The id of the run that was started last.")

(defun nexa--output (text &optional fresh)
  "Add TEXT to the buffer with the output of runs; empty it before if FRESH."
  (with-current-buffer (get-buffer-create "*nexa run*")
    (when fresh (erase-buffer))
    (goto-char (point-max))
    (insert text)
    (unless noninteractive (display-buffer (current-buffer)))))

(cl-defmethod eglot-handle-notification ((_server nexa-server) (_method (eql nexa/runEvent))
                                         &key event text node callee seconds error status &allow-other-keys)
  "Show what a run reports."
  (pcase event
    ("token" (nexa--output text))
    ("print" (nexa--output text))
    ("node.started" (nexa--output (format "▸ %s %s\n" node callee)))
    ("node.finished" (nexa--output (format "✓ %s %.2f s\n" node seconds)))
    ("node.failed" (nexa--output (format "✗ %s: %s\n" node (plist-get error :message))))
    ("run.finished"
     (nexa--output (format "%s after %.1f s%s\n" status seconds
                           (if error (concat ": " (plist-get error :message)) ""))))))

(defun nexa--start (&rest target)
  "Ask the server to run TARGET, a property list, of this file."
  (let ((server (eglot--current-server-or-lose)))
    (when (buffer-modified-p) (save-buffer))
    (nexa--output "" t)
    (let ((answer (jsonrpc-request server :workspace/executeCommand
                                   `(:command "nexa.run"
                                     :arguments [(:uri ,(eglot-path-to-uri buffer-file-name) ,@target)]))))
      (setq nexa--last-run (plist-get answer :runId)))))

(defun nexa-run (flow)
  "Run FLOW of this file."
  (interactive (list (read-string "Flow: " "main")))
  (nexa--start :flow flow))

(defun nexa-run-test (title)
  "Run the test called TITLE, or with an empty one all tests of this file."
  (interactive (list (read-string "Test (all): ")))
  (nexa--start :test title))

(defun nexa-stop ()
  "Stop the run that was started last."
  (interactive)
  (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                   `(:command "nexa.stop" :arguments [(:runId ,nexa--last-run)])))

(defun nexa-graph (flow)
  "Draw FLOW of this file."
  (interactive (list (read-string "Flow: " "main")))
  (when (buffer-modified-p) (save-buffer))
  (let ((file buffer-file-name))
    (with-current-buffer (get-buffer-create "*nexa graph*")
      (erase-buffer)
      (call-process nexa-command nil t nil "graph" file "--flow" flow)
      (unless noninteractive (display-buffer (current-buffer))))))

(provide 'nexa-mode)
;;; nexa-mode.el ends here

;;; scenario.el --- Run inside a real Emacs; what each check finds is written as JSON -*- lexical-binding: t -*-

(add-to-list 'load-path (concat (getenv "NEXA_CLONE") "/docs/editors/emacs"))
(require 'nexa-mode)
(require 'json)

(defconst patience 60 "Seconds; machines that run tests are shared and slow.")
(setq eglot-sync-connect patience eglot-connect-timeout patience jrpc-default-request-timeout patience
      eglot-autoshutdown nil make-backup-files nil eglot-confirm-server-edits nil vc-handled-backends nil)

(defvar checks nil)
(defmacro check (name &rest body)
  (declare (indent 1))
  `(push (cons ,name (lambda () ,@body)) checks))

(defun open-file (name)
  (find-file (concat (getenv "NEXA_WORK") "/" name))
  (unless (eglot-current-server) (call-interactively #'eglot))
  (eglot-current-server))

(defmacro eventually (what form)
  `(let ((end (+ (float-time) patience)) found)
     (while (and (not (setq found ,form)) (< (float-time) end))
       (accept-process-output nil 0.05))
     (or found (error "no %s in time" ,what))))

(defun wanted (got expected)
  (unless (equal got expected) (error "got %S, wanted %S" got expected)))

(defun to (text &optional after)
  (goto-char (point-min))
  (search-forward text)
  (unless after (goto-char (match-beginning 0))))

(defun ask (method &rest more)
  (jsonrpc-request (eglot-current-server) method
                   (append (eglot--TextDocumentPositionParams) more)))

(defun output ()
  (with-current-buffer (get-buffer-create "*nexa run*") (buffer-string)))

(check "mistakes are marked where they stand"
  (open-file "faulty.nx")
  (wanted major-mode 'nexa-mode)
  (flymake-mode 1)
  (flymake-start)
  (let ((found (eventually "diagnostics" (flymake-diagnostics))))
    (wanted (buffer-substring (flymake-diagnostic-beg (car found)) (flymake-diagnostic-end (car found))) "Wirter")))

(check "hover shows the signature"
  (open-file "main.nx")
  (to "Writer.run")
  (unless (string-search "agent Writer" (format "%S" (ask :textDocument/hover))) (error "no signature")))

(check "definition goes to another file"
  (open-file "main.nx")
  (to "Checker")
  (unless (string-search "lib.nxlib" (format "%S" (ask :textDocument/definition))) (error "not there")))

(check "completion offers the members of an agent"
  (open-file "main.nx")
  (to "Writer." t)
  (unless (string-search "\"run\"" (format "%S" (ask :textDocument/completion))) (error "no run")))

(check "rename changes every file"
  (open-file "main.nx")
  (to "Checker")
  (eglot-rename "Referee")
  (unless (string-search "Referee" (buffer-string)) (error "not here"))
  (with-current-buffer (find-file-noselect (concat (getenv "NEXA_WORK") "/lib.nxlib"))
    (unless (string-search "agent Referee" (buffer-string)) (error "not there"))
    (revert-buffer t t))
  (revert-buffer t t))

(check "formatting lays out the file"
  (open-file "untidy.nx")
  (eglot-format-buffer)
  (wanted (buffer-string) "flow main {\n    print(1)\n}\n")
  (revert-buffer t t))

(check "a flow runs, and its output is shown"
  (open-file "main.nx")
  (nexa-run "main")
  (eventually "end" (string-search "ok after" (output)))
  (unless (string-search "about tides" (output)) (error "no output: %s" (output))))

(check "tests run"
  (open-file "main.nx")
  (nexa-run-test "it holds")
  (eventually "end" (string-search "ok after" (output))))

(check "a run can be stopped"
  (open-file "slow.nx")
  (nexa-run "main")
  (eventually "start" (string-search "waiting" (output)))
  (nexa-stop)
  (eventually "end" (string-search "cancelled after" (output))))

(check "the graph is drawn"
  (open-file "main.nx")
  (nexa-graph "main")
  (with-current-buffer "*nexa graph*"
    (unless (string-search "Writer" (buffer-string)) (error "no graph: %s" (buffer-string)))))

(check "keywords and names have faces, and lines are indented by their brackets"
  (with-temp-buffer
    (nexa-mode)
    (insert "flow main {\nprint(1)\n}\n")
    (font-lock-ensure)
    (wanted (get-text-property 1 'face) 'font-lock-keyword-face)
    (wanted (get-text-property 6 'face) 'font-lock-function-name-face)
    (indent-region (point-min) (point-max))
    (wanted (buffer-string) "flow main {\n    print(1)\n}\n")))

(let ((results (mapcar (lambda (one)
                         (condition-case problem
                             (progn (funcall (cdr one)) (list (cons 'name (car one)) (cons 'problem nil)))
                           (error (list (cons 'name (car one)) (cons 'problem (error-message-string problem))))))
                       (reverse checks))))
  (with-temp-file (getenv "NEXA_RESULTS") (insert (json-encode (vconcat results)))))
(kill-emacs 0)

;;; emacs.el --- Loadpath in Emacs with eglot, driven by run.ts  -*- lexical-binding: t -*-
;; emacs --batch -Q -l emacs.el
;; Environment: LOADPATH_COMMAND, the server's command line, its words separated by line feeds; LOADPATH_FILE, the file to open.
;; Prints `ok NAME' or `not ok NAME: WHY' for each test; the exit code is the number of tests that failed.

(require 'package)
;; Where Debian puts eglot for versions of Emacs that do not have it.
(dolist (folder (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/eglot-*"))
  (add-to-list 'load-path folder t))
(require 'eglot)
(require 'flymake)
(require 'xref)

(defconst patience 20.0 "Seconds.")
(defvar failures 0)

(defmacro test (name &rest body)
  "Run BODY as the test NAME."
  (declare (indent 1))
  `(condition-case why
       (progn ,@body (princ (format "ok %s\n" ,name)))
     (error (setq failures (1+ failures))
            (princ (format "not ok %s: %s\n" ,name (error-message-string why))))))

(defun check (condition what)
  "Signal WHAT unless CONDITION."
  (unless condition (error "%s" what)))

(defun eventually (what condition)
  "Wait until the function CONDITION returns non-nil; signal WHAT when it takes too long."
  (let ((end (+ (float-time) patience)) found)
    (while (not (setq found (funcall condition)))
      (when (> (float-time) end) (error "Not in time: %s" what))
      (accept-process-output nil 0.05))
    found))

(defun at (piece &optional offset)
  "Go to the first PIECE of the text, moved by OFFSET."
  (goto-char (point-min))
  (search-forward piece)
  (goto-char (+ (match-beginning 0) (or offset 0))))

;; As the documentation says.
(define-derived-mode arch-mode prog-mode "Arch"
  "Architectures of Loadpath."
  (setq-local comment-start "// " comment-end ""))
(add-to-list 'auto-mode-alist '("\\.arch\\'" . arch-mode))
(add-to-list 'eglot-server-programs
             (cons 'arch-mode (split-string (getenv "LOADPATH_COMMAND") "\n")))

(setq eglot-sync-connect t
      eglot-connect-timeout patience
      eglot-confirm-server-initiated-edits nil)
(find-file (getenv "LOADPATH_FILE"))
(apply #'eglot (eglot--guess-contact))
(defvar server (eglot-current-server))

(defun finding (rule)
  "The diagnostic of RULE, or nil."
  (flymake-start)
  (seq-find (lambda (each) (string-match-p rule (flymake-diagnostic-text each)))
            (flymake-diagnostics)))

(test "diagnostics are shown"
  (check (eq major-mode 'arch-mode) "the file is not in arch-mode")
  (check server "the server has not been started")
  (let ((found (eventually "a finding about 'pages'" (lambda () (finding "'pages' has no 'ttl'")))))
    (check (memq (flymake-diagnostic-type found) '(eglot-warning :warning)) "it is not a warning")))

(test "completion offers the properties of the component"
  (at "serviceTime")
  (let* ((capf (eglot-completion-at-point))
         (labels (all-completions "" (nth 2 capf))))
    (check (member "sessions" labels) "sessions is not offered")
    (check (not (member "population" labels)) "population is offered, and belongs to users")))

(test "hover explains a component"
  (at "app {")
  (let* ((hover (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams)))
         (text (plist-get (plist-get hover :contents) :value)))
    (check (string-match-p "\\*\\*app\\*\\* · server" text) text)))

(test "a definition is found from a use"
  (at "lb -> app" 6)
  (let ((found (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))))
    (check found "there is no definition")
    (check (= (xref-location-line (xref-item-location found)) 4) "it is on another line")))

(test "a code action mends the finding"
  (at "pages {")
  (let ((action (seq-find (lambda (each) (string-match-p "ttl" (plist-get each :title)))
                          (jsonrpc-request server :textDocument/codeAction
                                           (list :textDocument (eglot--TextDocumentIdentifier)
                                                 :range (list :start (eglot--pos-to-lsp-position)
                                                              :end (eglot--pos-to-lsp-position))
                                                 :context (list :diagnostics []))))))
    (check action "no action sets a ttl")
    (eglot--apply-workspace-edit (plist-get action :edit)))
  ;; In batch mode nobody is idle, and eglot tells of changes when somebody is.
  (eglot--signal-textDocument/didChange)
  (check (string-match-p "ttl: " (buffer-string)) "the text has no ttl now")
  (eventually "the finding is gone" (lambda () (not (finding "'pages' has no 'ttl'")))))

(test "rename changes the declaration and the uses"
  (at "app {")
  (eglot-rename "shop")
  (check (string-match-p "server   shop" (buffer-string)) "the declaration has the old name")
  (check (string-match-p "lb -> shop" (buffer-string)) "a use has the old name")
  (check (not (string-match-p "app" (buffer-string))) "the old name is still there"))

(test "formatting tidies the text"
  (eglot-format-buffer)
  (check (string-match-p "server shop {" (buffer-string)) (buffer-string)))

(test "the server ends when it is told to"
  (eglot-shutdown server)
  (eventually "the end of the server" (lambda () (not (jsonrpc-running-p server)))))

(set-buffer-modified-p nil)
(kill-emacs failures)
;;; emacs.el ends here

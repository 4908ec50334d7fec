package cache

import (
	"runtime"
	"slices"
	"strings"
)

// passing are the environment variables that change from one shell, terminal or
// run of a pipeline to the next and say nothing to workflow code. A name that ends
// in * stands for all that begin so. docs/cache.md has the list.
var passing = []string{
	Variable,
	"_", "OLDPWD", "PWD", "SHLVL",
	"COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "TERM", "TERM_*", "VTE_*", "WINDOWID",
	"ALACRITTY_*", "GNOME_TERMINAL_*", "GPG_TTY", "ITERM_*", "KITTY_*", "KONSOLE_*", "VSCODE_*", "WEZTERM_*", "WT_*",
	"SSH_*", "STY", "TMUX", "TMUX_*", "XDG_SESSION_*", "ZELLIJ", "ZELLIJ_*",
	"INVOCATION_ID", "JOURNAL_STREAM", "SECURITYSESSIONID", "SYSTEMD_EXEC_PID",
	"ACTIONS_*", "GITHUB_*", "RUNNER_*",
}

// surroundings is a hash of the environment and the working folder. Code that is
// under test can read both, a key of a data converter for example, and the SDK
// reads TEMPORAL_SDK_FLAG_… when it starts.
func surroundings(environ []string, working string) digest {
	environ = slices.Clone(environ)
	environ = slices.DeleteFunc(environ, func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return isPassing(name)
	})
	slices.Sort(environ)
	return hash(append(environ, working, runtime.GOOS, runtime.GOARCH, runtime.Version())...)
}

func isPassing(name string) bool {
	return slices.ContainsFunc(passing, func(p string) bool {
		prefix, many := strings.CutSuffix(p, "*")
		return name == p || many && strings.HasPrefix(name, prefix)
	})
}

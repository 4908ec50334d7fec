package against

import (
	"os"
	"slices"
	"strings"
)

// ofRepository are the variables that name a repository of git or a part of one. Git sets them for hooks, aliases and
// filters, and then they name another repository than the one that a command, or a test, is in. Those that hold
// settings are not here: they can say how to fetch a private module.
var ofRepository = []string{
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_ATTR_SOURCE", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR", "GIT_GRAFT_FILE",
	"GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE", "GIT_NO_REPLACE_OBJECTS",
	"GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE",
	"GIT_WORK_TREE",
}

// environment is that of this process, without what names a repository.
func environment() []string { return withoutRepository(os.Environ()) }

func withoutRepository(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), namesRepository)
}

func namesRepository(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	return slices.Contains(ofRepository, name)
}

// namedRepository are the variables with which the user, or git, names a repository; none without GIT_DIR.
func namedRepository() []string {
	if os.Getenv("GIT_DIR") == "" {
		return nil
	}
	return slices.DeleteFunc(os.Environ(), func(variable string) bool { return !namesRepository(variable) })
}

package acceptance

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// TestAgainst compares revisions in repositories that the scripts make, of modules
// that get this library from a folder outside of them.
func TestAgainst(t *testing.T) {
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	require.NoError(t, err)
	caches := strings.Fields(string(out))
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/against",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("GOCACHE", caches[0])
			e.Setenv("GOMODCACHE", caches[1])
			e.Setenv("GOPROXY", "off")
			e.Setenv("GOFLAGS", "")
			e.Setenv("GOWORK", "")
			e.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			for _, role := range []string{"AUTHOR", "COMMITTER"} {
				e.Setenv("GIT_"+role+"_NAME", "somebody")
				e.Setenv("GIT_"+role+"_EMAIL", "somebody@example.com")
				e.Setenv("GIT_"+role+"_DATE", "2026-01-02T03:04:05Z")
			}
			e.Setenv("HISTORIES", filepath.Join(root, "histories"))
			return os.Symlink(root, filepath.Join(e.WorkDir, "lib"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"module":   module,
			"snapshot": snapshot,
			"steady":   steady,
			"begun":    begun,
		},
	})
}

// module FOLDER REPLACEMENT makes a module that uses this library.
func module(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(writeModule(ts.MkAbs(args[0]), args[1]))
}

// snapshot FILE FOLDER writes a line for everything in the folder, with mode, time and
// hash.
func snapshot(ts *testscript.TestScript, _ bool, args []string) {
	var lines strings.Builder
	ts.Check(filepath.WalkDir(ts.MkAbs(args[1]), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		var sum [sha256.Size]byte
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			sum = sha256.Sum256(data)
		}
		fmt.Fprintf(&lines, "%s %s %s %x\n", path, info.Mode(), info.ModTime().UTC(), sum)
		return nil
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(lines.String()), 0o644))
}

// begun FILE RECORDING EVENTS writes the first events of a recording, as it was while the execution ran.
func begun(ts *testscript.TestScript, _ bool, args []string) {
	var recording struct {
		Events []json.RawMessage `json:"events"`
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &recording))
	count, err := strconv.Atoi(args[2])
	ts.Check(err)
	recording.Events = recording.Events[:count]
	data, err := json.Marshal(recording)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

var commits = regexp.MustCompile(`\b[0-9a-f]{12}\b`)

// steady FILE replaces the IDs of commits in what was printed last.
func steady(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(commits.ReplaceAllString(ts.ReadFile("stdout"), "COMMIT")), 0o644))
}

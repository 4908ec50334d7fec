package acceptance

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/replaymatrix/replaymatrix/acceptance/users"
	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

var update = flag.Bool("update", false, "rewrite the expectations in the scripts")

func TestMain(m *testing.M) {
	// The scripts run this binary again under the name of the command.
	testscript.Main(tests{tidied{m}}, map[string]func(){
		"replaymatrix": func() {
			command := &cli.Command{Families: workflows.Families, Recordings: histories.FS}
			os.Exit(command.Main())
		},
		"ordermatrix": func() { cli.Main(users.Order) },
		"shopmatrix":  func() { cli.Main(users.Order, users.Billing) },
	})
}

// TestScript runs the command end to end, as a user would. The scripts are
// named for what they show; go test . -run 'TestScript/exit-codes' runs one.
func TestScript(t *testing.T) {
	verdicts := filepath.Join(t.TempDir(), "verdicts")
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			root, err := filepath.Abs("..")
			if err != nil {
				return err
			}
			env.Setenv("REPO", root) // the checkout that the workflow code is in
			// A cell is judged by the first script that asks; cache.txtar holds that the others get the same.
			env.Setenv("REPLAYMATRIX_CACHE", verdicts)
			return plainHistories(env)
		},
	})
}

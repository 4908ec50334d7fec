package replaymatrix_test

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScript runs the command end to end, as a user would. The scripts are
// named for what they show; go test . -run 'TestScript/exit-codes' runs one.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

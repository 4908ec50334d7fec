package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Main is the whole main function of a command for workflows of your own. It runs
// the command with the arguments of the process and ends the process with the exit
// code. The command is called by the name of the program, and reads recordings from
// the folder that --histories names, testdata/histories if it is left out.
//
// For recordings inside the program, a data converter or rules for differences that
// are wanted, fill in a Command.
func Main(families ...*versioning.Family) {
	program := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	os.Exit((&Command{Families: families, called: program}).Main())
}

package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Main is the whole main function of a command for your own workflows. Main runs the command with
// the arguments of the process and ends the process with the exit code. The name of the command is
// the name of the program. The command reads recordings from the folder that --histories names. The
// default is testdata/histories.
//
// Fill in a Command if you need recordings inside the program, a data converter, or rules for
// differences that are wanted.
func Main(families ...*versioning.Family) {
	program := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	os.Exit((&Command{Families: families, called: program}).Main())
}

package main

import (
	"os"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

func main() {
	command := &cli.Command{Families: workflows.Families, Recordings: histories.FS, DefaultNamespace: "default"}
	os.Exit(command.Main())
}

package acceptance

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const ours = "github.com/replaymatrix/replaymatrix"

// writeModule writes go.mod and go.sum of a user's module: what "go mod tidy" makes of
// one that gets this library from a folder.
func writeModule(folder, library string) error {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		return err
	}
	sum, err := os.ReadFile("../go.sum")
	if err != nil {
		return err
	}
	text := strings.Replace(string(mod), "module "+ours+"\n", "module example.com/shop\n", 1) +
		"\nrequire " + ours + " v0.0.0\n\nreplace " + ours + " => " + library + "\n"
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "go.mod"), []byte(text), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "go.sum"), sum, 0o644)
}

// inModule is a command in the folder of such a module. A user has no workspace of
// ours, and this needs no network.
func inModule(folder string, args ...string) *exec.Cmd {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off", "GOFLAGS=-mod=mod")
	return cmd
}

package launch

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// launchDevserver uses go run, which keeps what it has built in the cache of the
// Go command: there is no file to remove after a SIGKILL, and the second start
// takes a second. Closing standard input ends what go run runs.
func launchDevserver(ctx context.Context, folder, address, namespace string, stderr io.Writer) (*Service, error) {
	fmt.Fprintln(stderr, "building and starting versioning/devserver (the first time takes minutes)")
	cmd := exec.Command("go", "run", "-C", folder, ".", "--address", address, "--namespace", namespace,
		"--until-stdin-closes")
	cmd.Env = append(os.Environ(), "GOWORK=off")
	cmd.Stderr = stderr
	p, err := Start("versioning/devserver", cmd)
	if err != nil {
		return nil, err
	}
	line, err := p.Line(ctx)
	if err != nil {
		p.Stop()
		return nil, err
	}
	ready := readyLine.FindStringSubmatch(line)
	if ready == nil {
		p.Stop()
		return nil, fmt.Errorf("versioning/devserver is not ready, it said: %s", line)
	}
	return &Service{Process: p, Address: ready[1], Namespace: ready[2], Ready: line}, nil
}

// devserverFolder finds versioning/devserver in the clone of this repository that
// the process is in.
func devserverFolder() (string, bool) {
	folder, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for {
		mod, err := os.ReadFile(filepath.Join(folder, "go.mod"))
		if err == nil && bytes.Contains(append([]byte("\n"), mod...), []byte("\nmodule "+shell.Module+"\n")) {
			devserver := filepath.Join(folder, "versioning", "devserver")
			_, err := os.Stat(filepath.Join(devserver, "go.mod"))
			return devserver, err == nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", false
		}
		folder = parent
	}
}

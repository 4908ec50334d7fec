package collect_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestMain names the service by profiles of a file: variables would be those of all tests at once.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "collect")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		for _, variable := range os.Environ() {
			if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "TEMPORAL_") {
				os.Unsetenv(name)
			}
		}
		file := filepath.Join(dir, "temporal.toml")
		if err := os.WriteFile(file, []byte(profiles(filepath.Join(dir, "authority.pem"))), 0o600); err != nil {
			panic(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "authority.pem"), authority.pem, 0o600); err != nil {
			panic(err)
		}
		os.Setenv("TEMPORAL_CONFIG_FILE", file)
		return m.Run()
	}())
}

func profiles(authority string) string {
	return fmt.Sprintf(`[profile.plain]
namespace = "default"
[profile.tls.tls]
disabled = false
[profile.trusting.tls]
server_ca_cert_path = %[1]q
[profile.misnamed.tls]
server_ca_cert_path = %[1]q
server_name = "orders.example"
`, authority)
}

// output is what a command has said, and how it has ended.
type output struct {
	code           int
	stdout, stderr string
}

// run is the command as a person types it.
func run(ctx context.Context, command cli.Command, args ...string) output {
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if command.Families == nil {
		command.Families = []*versioning.Family{patching.Family}
	}
	code := command.Run(ctx, args)
	return output{code, stdout.String(), stderr.String()}
}

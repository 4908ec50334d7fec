package acceptance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRehearsesWithoutService is the sample with the change that docs/your-own.md shows, and the one that is
// cured, in a module that knows of no Temporal Service: testdata/consumer/socket_test.go, which runs there, looks for
// sockets of its process while a Worker runs the workflow.
func TestRehearsesWithoutService(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ change, why, want string }{
		{"insure", "replay alone calls it safe", "panic"},
		{"insure-versioned", "the advice was followed", "safe"},
	} {
		t.Run(tt.change, func(t *testing.T) {
			t.Parallel()
			module := filepath.Join(t.TempDir(), "orders")
			require.NoError(t, os.CopyFS(module, os.DirFS("../testdata/consumer")))
			root, err := filepath.Abs("..")
			require.NoError(t, err)
			edit(t, filepath.Join(module, "go.mod"), "=> ../..", "=> "+root)
			for from, to := range map[string]string{
				filepath.Join(module, "changes", tt.change+".go.txt"): "order.go",
				"testdata/consumer/socket_test.go":                    "socket_test.go",
			} {
				text, err := os.ReadFile(from)
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(filepath.Join(module, "order", to), text, 0o644))
			}
			cmd := inModule(module, "go", "test", "-ldflags=-w", "-run=^TestNoSocket$", "./order")
			cmd.Env = append(cmd.Env, "WANT="+tt.want, "TEMPORAL_ADDRESS=127.0.0.1:1")
			out, err := cmd.CombinedOutput()
			require.NoError(t, err, "%s: %s", tt.why, out)
		})
	}
}

// edit replaces a text that the file has once.
func edit(t *testing.T, file, old, now string) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(text), old), "%q in %s", old, file)
	require.NoError(t, os.WriteFile(file, []byte(strings.Replace(string(text), old, now, 1)), 0o644))
}

package house_test

import (
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestModule keeps the requirements of the root module few, and free of what
// breaks those who import it: replace works in the main module only, and a tool
// line brings the tool's requirements along.
func TestModule(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	require.NoError(t, err)
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
		Replace, Tool []any
	}
	require.NoError(t, json.Unmarshal(out, &mod))
	require.Empty(t, mod.Replace, "no replace in the root module")
	require.Empty(t, mod.Tool, "no tool in the root module")

	why := map[string]string{
		"go.temporal.io/sdk":                   "replays and records",
		"go.temporal.io/sdk/contrib/envconfig": "names the service to connect to",
		"go.temporal.io/api":                   "event histories",
		"google.golang.org/grpc":               "answers the calls of Workers in this process",
		"google.golang.org/protobuf":           "what they are made of",
		"golang.org/x/sync":                    "observes several executions at a time, and shares memory among files",
		"golang.org/x/term":                    "the width of a screen",
		"github.com/spf13/cobra":               "the command",
		"github.com/google/go-cmp":             "diffs of goldens",
		"github.com/stretchr/testify":          "tests",
	}
	direct := map[string]string{}
	for _, r := range mod.Require {
		if !r.Indirect {
			direct[r.Path] = why[r.Path]
		}
	}
	if diff := cmp.Diff(why, direct); diff != "" {
		t.Errorf("direct requirements of the root module (-want +got):\n%s", diff)
	}
}

package acceptance

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestConsumerGraph looks at what a module gets that imports the library: nothing
// that only we need.
func TestConsumerGraph(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("go", "mod", "graph")
	cmd.Dir = "../testdata/consumer"
	out, err := cmd.Output()
	require.NoError(t, err)
	require.Contains(t, string(out), ours+"@v0.0.0 ", "the sample imports the library")
	// Those with a reason to be there are in TestModule of the root.
	never := []string{"go.temporal.io/server", "github.com/chromedp/", "modernc.org/", "github.com/santhosh-tekuri/jsonschema"}
	// These come with the SDK, so only we must not bring them.
	notFromUs := []string{"github.com/rogpeppe/go-internal", "github.com/yuin/goldmark", "golang.org/x/tools"}
	for line := range strings.Lines(string(out)) {
		from, to, _ := strings.Cut(strings.TrimSpace(line), " ")
		isOneOf := func(prefixes []string) bool {
			return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(to, p) })
		}
		if isOneOf(never) || isOneOf(notFromUs) && strings.HasPrefix(from, ours) {
			t.Errorf("%s brings %s into the module of whoever imports the library", from, to)
		}
		require.False(t, strings.HasPrefix(to, ours+"/"), "a nested module of ours is in the graph: %s", line)
	}
}

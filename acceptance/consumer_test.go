package acceptance

import (
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// TestConsumerDependencies holds that the library, rehearsals included, adds few modules to those that come with
// the Temporal SDK.
func TestConsumerDependencies(t *testing.T) {
	t.Parallel()
	const sample = "example.com/orders"
	t.Run("in the graph", func(t *testing.T) {
		t.Parallel()
		edges := map[string][]string{}
		for _, line := range list(t, "mod", "graph") {
			from, to, _ := strings.Cut(line, " ")
			edges[from] = append(edges[from], to)
		}
		withSDK := slices.DeleteFunc(slices.Clone(edges[sample]), func(m string) bool {
			return !strings.HasPrefix(m, "go.temporal.io/sdk")
		})
		require.Len(t, withSDK, 2, "the sample requires the SDK and envconfig")
		why := map[string]string{
			sample: "the sample itself", ours: "the library",
			"github.com/spf13/cobra":               "the command",
			"github.com/spf13/pflag":               "of cobra",
			"github.com/inconshreveable/mousetrap": "of cobra",
			"github.com/cpuguy83/go-md2man/v2":     "of cobra",
			"github.com/russross/blackfriday/v2":   "of cobra",
			"go.yaml.in/yaml/v3":                   "of testify, newer than the SDK's",
		}
		added := reached(edges, sample)
		maps.DeleteFunc(added, func(module string, _ bool) bool { return reached(edges, withSDK...)[module] })
		if diff := cmp.Diff(slices.Sorted(maps.Keys(why)), slices.Sorted(maps.Keys(added))); diff != "" {
			t.Errorf("modules that the library adds to the SDK's (-want +got):\n%s", diff)
		}
	})
	const modules = "{{with .Module}}{{.Path}}{{end}}"
	for _, tt := range []struct {
		name  string
		args  []string
		added []string
	}{
		{"in the replay test", []string{"-test", "./order"}, []string{sample, "github.com/google/go-cmp", ours}},
		{"in the command", []string{"./cmd/ordermatrix"},
			[]string{sample, "github.com/google/go-cmp", ours, "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sdk := "go.temporal.io/sdk/"
			plain := list(t, "list", "-deps", "-f", modules, sdk+"client", sdk+"worker", sdk+"contrib/envconfig")
			added := slices.DeleteFunc(list(t, append([]string{"list", "-deps", "-f", modules}, tt.args...)...),
				func(m string) bool { return slices.Contains(plain, m) })
			slices.Sort(added)
			if diff := cmp.Diff(tt.added, slices.Compact(added)); diff != "" {
				t.Errorf("modules that are linked and that a plain Worker does not link (-want +got):\n%s", diff)
			}
		})
	}
}

// list returns the lines that the go command prints in the sample.
func list(t *testing.T, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = "../testdata/consumer"
	out, err := cmd.Output()
	require.NoError(t, err)
	return slices.DeleteFunc(strings.Split(string(out), "\n"), func(line string) bool { return line == "" })
}

// reached are the modules, without their versions, that are required from there.
func reached(edges map[string][]string, from ...string) map[string]bool {
	modules, seen := map[string]bool{}, map[string]bool{}
	for len(from) > 0 {
		next := from[0]
		from = from[1:]
		if seen[next] {
			continue
		}
		seen[next] = true
		module, _, _ := strings.Cut(next, "@")
		modules[module] = true
		from = append(from, edges[next]...)
	}
	return modules
}

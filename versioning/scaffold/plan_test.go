package scaffold_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/scaffold"
)

// TestPlanFiles has the files of each plan; that they compile and do what they say is
// tested by acceptance/init_test.go.
func TestPlanFiles(t *testing.T) {
	t.Parallel()
	order := files{"order/order.go": source(plain, "func Pay(ctx workflow.Context) error { return nil }")}
	const readmes = "testdata/histories/"
	for _, tt := range []struct {
		name    string
		options scaffold.Options
		files   files
		want    []string
	}{
		{"test", scaffold.Options{}, order,
			[]string{"order/replay_test.go", "order/" + readmes + "order/README.md", "order/" + readmes +
				"pay/README.md"}},
		{"everything", scaffold.Options{Command: true, GitHub: true}, order,
			[]string{"order/families.go", "order/replay_test.go",
				"order/" + readmes + "order/README.md", "order/" + readmes + "pay/README.md", "cmd/ordermatrix/main.go",
				".github/workflows/replay.yml"}},
		{"exists", scaffold.Options{},
			files{"order/order.go": source(plain), "order/replay_test.go": "package order\n"},
			[]string{"order/replay_test.go exists", "order/" + readmes + "order/README.md"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			plan, err := scaffold.Plan(read(t, tt.files), tt.options)
			require.NoError(t, err)
			var got []string
			for _, f := range plan {
				if f.Exists {
					f.Path += " exists"
				}
				got = append(got, f.Path)
			}
			require.Equal(t, tt.want, got)
		})
	}
}

// TestPlanNames has a package that declares what the files would.
func TestPlanNames(t *testing.T) {
	t.Parallel()
	p := read(t, files{
		"order/order.go": source(plain, "var families, os int", "type testing struct{}", "func (testing) Run() {}",
			"const versioning = 1"),
		"order/a_test.go": "package order\n\nfunc TestReplay() {}\n",
		"order/x_test.go": "package order_test\n\nvar replaytest int\n",
	})
	test := planned(t, p, scaffold.Options{}, "order/replay_test.go")
	require.Contains(t, test, "func TestReplay2(t *testing2.T) {")
	require.Contains(t, test, `os2 "os"`)
	require.Contains(t, test, `versioning2 "github.com/replaymatrix/replaymatrix/versioning"`)
	require.Contains(t, test, "var families2 = []*versioning2.Family{")
	require.Contains(t, test, "\t\"github.com/replaymatrix/replaymatrix/versioning/replaytest\"\n",
		"another package of the folder has names of its own")
	require.Equal(t, "go test ./order -run '^TestReplay2$'", p.TestCommand())
}

// TestPlanAgain has a name in the very file that is planned.
func TestPlanAgain(t *testing.T) {
	t.Parallel()
	p := read(t, files{"order/order.go": source(plain),
		"order/replay_test.go": "package order\n\nfunc TestReplay() {}\n"})
	require.Equal(t, "go test ./order -run '^TestReplay$'", p.TestCommand(), "it is the test that is there")
}

func TestPlanMain(t *testing.T) {
	t.Parallel()
	p, err := scaffold.Read(files{"main.go": "package main\n\nimport \"go.temporal.io/sdk/workflow\"\n\nfunc " +
		"Order(ctx workflow.Context) error { return nil }\n\nfunc main() {}\n"}.module(t))
	require.NoError(t, err)
	_, err = scaffold.Plan(p, scaffold.Options{Command: true})
	require.ErrorIs(t, err, scaffold.ErrMain)
	require.Equal(t, "go test . -run '^TestReplay$'", p.TestCommand())
}

// TestPlanGitHub has a module that is a folder of a repository.
func TestPlanGitHub(t *testing.T) {
	t.Parallel()
	repository := files{"go.mod": "", "shop/go.mod": "module example.com/shop\n",
		"shop/order/order.go": source(plain)}.module(t)
	require.NoError(t, os.MkdirAll(filepath.Join(repository, ".git"), 0o777))
	p, err := scaffold.Read(filepath.Join(repository, "shop", "order"))
	require.NoError(t, err)
	require.False(t, p.Module.UsesGitHub())
	require.NoError(t, os.MkdirAll(filepath.Join(repository, ".github"), 0o777))
	require.True(t, p.Module.UsesGitHub())
	yml := planned(t, p, scaffold.Options{GitHub: true}, "../.github/workflows/replay.yml")
	require.Contains(t, yml, "        working-directory: shop\n")
	require.Contains(t, yml, "          go-version-file: shop/go.mod\n")
	require.Contains(t, yml, "      - run: go test ./order -run '^TestReplay$'\n")
}

func TestPlanPull(t *testing.T) {
	t.Parallel()
	p := read(t, files{"order/order.go": source(plain)})
	const readme = "order/testdata/histories/order/README.md"
	require.NotContains(t, planned(t, p, scaffold.Options{}, readme), "several at once")
	require.Contains(t, planned(t, p, scaffold.Options{Pull: "ordermatrix pull"}, readme),
		"\n    ordermatrix pull --workflow-type Order .\n")
}

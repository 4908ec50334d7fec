package against

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTestPattern(t *testing.T) {
	t.Parallel()
	const head = "package p\n\nimport \"example.com/replaytest\"\n\n"
	for _, tt := range []struct {
		name          string
		inside        string // an internal test file
		outside       string // an external one
		want, because string
	}{
		{"direct", head + "func TestA(t T) { replaytest.Run(t) }\nfunc TestB(t T) { println() }", "",
			"^(TestA)$", "only the one that uses it"},
		{"through a function", head + "func check() { replaytest.Run() }\nfunc TestA(t T) { check() }\nfunc " +
			"TestB(t T) { checked() }\nfunc checked() {}", "",
			"^(TestA)$", "a function of the package's own calls it"},
		{"through a method", head + "type suite struct{}\nfunc (s *suite) TestInner() { replaytest.Run() }\nfunc " +
			"TestA(t T) { run(new(suite)) }\nfunc run(any) {}", "",
			"^(TestA)$", "a suite calls its methods by name"},
		{"through a variable", head +
			"var params = replaytest.Params{}\nfunc TestA(t T) { run(params) }\nfunc run(any) {}", "",
			"^(TestA)$", "what else would it be for"},
		{"renamed", "package p\n\nimport rt \"example.com/replaytest\"\n\nfunc TestA(t T) { rt.Run(t) }\nfunc " +
			"TestB(t T) { replaytest.Run(t) }", "",
			"^(TestA)$", "the import has another name"},
		{"dot", "package p\n\nimport . \"example.com/replaytest\"\n\nfunc TestA(t T) { Run(t) }", "",
			"^(TestA)$", "the name is not to be seen"},
		{"wrapper", "package p\n\nimport \"example.com/wrapper\"\n\nfunc TestA(t T) { wrapped.Check(t) }\nfunc " +
			"TestB(t T) {}", "",
			"^(TestA)$", "another package uses it, whose name is not that of its path"},
		{"two packages", head + "func TestA(t T) { replaytest.Run(t) }\nfunc check() { replaytest.Run() }",
			"package p_test\n\nfunc TestB(t T) { check() }\nfunc check() {}",
			"^(TestA)$", "the external test has a function of the same name"},
		{"generic receiver", head +
			"type s[K any] struct{}\nfunc (s[K]) f() { replaytest.Run() }\nfunc TestA(t T) { s[int]{}.f() }", "",
			"^(TestA)$", "the receiver's type is the first name in it"},
		{"main", head + "func TestMain(m M) { replaytest.Run() }\nfunc TestA(t T) {}", "",
			"^Test", "TestMain is no test; it is not known which are"},
		{"none", head + "func helper() { replaytest.Run() }\nfunc TestA(t T) {}", "", "^Test", "then all of them run"},
		{"not Go", "package", "", "^Test", "the compiler says it better"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			p := &listed{Dir: dir, TestGoFiles: []string{"a_test.go"}}
			require.NoError(t, os.WriteFile(filepath.Join(dir, "a_test.go"), []byte(tt.inside), 0o644))
			if tt.outside != "" {
				p.XTestGoFiles = []string{"b_test.go"}
				require.NoError(t, os.WriteFile(filepath.Join(dir, "b_test.go"), []byte(tt.outside), 0o644))
			}
			packages := map[string]*listed{"example.com/replaytest": {Name: "replaytest"},
				"example.com/wrapper": {Name: "wrapped"}}
			uses := map[string]bool{"example.com/replaytest": true, "example.com/wrapper": true}
			require.Equal(t, tt.want, testPattern(p, packages, uses), tt.because)
		})
	}
}

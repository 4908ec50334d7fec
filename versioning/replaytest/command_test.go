package replaytest_test

import (
	"os"
	"os/exec"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var ran = regexp.MustCompile(`(?m)^\s*--- (PASS|FAIL): (\S+)`)

// TestRealT runs this test binary again, to see what go test makes of -run and
// -update with a real testing.T.
func TestRealT(t *testing.T) {
	t.Parallel()
	before, err := os.ReadFile("testdata/patching.matrix")
	require.NoError(t, err)
	for _, tt := range []struct {
		name string
		args []string
		want []string
		why  string
	}{
		{"one cell", []string{"-test.run=^TestMatrix$/^initial.completed@patched$"},
			[]string{"PASS TestMatrix", "PASS TestMatrix/initial.completed@patched"}, "its name is that of the cell"},
		{"in many processors' order",
			[]string{"-test.run=^TestMatrix$/^patched.waiting@", "-test.parallel=4", "-test.count=2"},
			[]string{
				"PASS TestMatrix", "PASS TestMatrix/patched.waiting@initial",
				"PASS TestMatrix/patched.waiting@patch-complete",
				"PASS TestMatrix/patched.waiting@patch-deprecated", "PASS TestMatrix/patched.waiting@patched",
			}, "the expected verdict of a cell can be a bad one"},
		{"update of a part", []string{"-test.run=^TestMatrix$/^initial.waiting@patched$", "-update"},
			[]string{"FAIL TestMatrix", "PASS TestMatrix/initial.waiting@patched"}, "the golden file needs every cell"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			// The error says whether the tests failed, and so do the lines.
			out, _ := exec.CommandContext(t.Context(), os.Args[0], append(tt.args, "-test.v")...).CombinedOutput()
			got := map[string]bool{}
			for _, m := range ran.FindAllStringSubmatch(string(out), -1) {
				got[m[1]+" "+m[2]] = true
			}
			want := map[string]bool{}
			for _, name := range tt.want {
				want[name] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s\n%s", tt.why, diff, out)
			}
		})
	}
	t.Cleanup(func() {
		after, err := os.ReadFile("testdata/patching.matrix")
		require.NoError(t, err)
		require.Equal(t, string(before), string(after))
	})
}

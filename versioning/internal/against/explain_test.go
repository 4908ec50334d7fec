package against

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestExplain names a command that can be run where the code is, and says what it needs.
func TestExplain(t *testing.T) {
	t.Parallel()
	side := func(name, title string) *side { return &side{name: name, title: title} }
	test := func(stage string) *tested {
		return &tested{
			Test: exchange.Test{Name: "TestReplay/order", Stages: []exchange.Stage{{Name: "old"}, {Name: stage}}},
			in:   &testPackage{path: "example.com/shop"},
		}
	}
	r := &run{there: side("main", "main"), here: side(Here, "the work tree")}
	c := &Comparison{commands: map[string]string{}}
	r.commands(c, &pair{there: test("v1"), here: test("v2"), entries: []*entry{
		{name: "both", there: &exchange.Recording{Name: "both"}, here: &exchange.Recording{Name: "renamed"}},
		{name: "theirs", there: &exchange.Recording{Name: "theirs"}},
		{name: "it's mine", here: &exchange.Recording{Name: "it's mine"}},
	}}, "order")

	for _, tt := range []struct{ recording, stage, want, why string }{
		{"both", Here, `go test example.com/shop -run '^TestReplay$/^order$/^renamed@v2$'`,
			"the name is that on disk, the stage that of the test"},
		{"both", "main", `go test example.com/shop -run '^TestReplay$/^order$/^both@v1$' # in a checkout of main`,
			"its code is in no file"},
		{"theirs", Here, `go test example.com/shop -run '^TestReplay$/^order$/^theirs@v2$' # with this recording in the folder of the test`, "the recording is not on disk"},
		{"it's mine", "main",
			`go test example.com/shop -run '^TestReplay$/^order$/^it'\''s mine@v1$' # in a checkout of main, with this recording in the folder of the test`, "a shell reads it"},
		{"unheard of", Here, "", "no test has it"},
	} {
		t.Run(tt.recording+"@"+tt.stage, func(t *testing.T) {
			t.Parallel()
			cell := matrix.Cell{Family: "order", Recording: tt.recording, Stage: tt.stage}
			cell.Verdict = replay.Nondeterministic
			require.Equal(t, tt.want, c.Explain(cell), tt.why)
			cell.Verdict = replay.Safe
			require.Empty(t, c.Explain(cell), "a subtest that passes explains nothing")
		})
	}
}

package record

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBrief takes out of a message what would make two equal observations differ.
func TestBrief(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, message, want, why string }{
		{"plain", "no such activity", "no such activity", "there is nothing to take out"},
		{"lines", "the first\nthe second", "the first", "a message is one line"},
		{"event", "history event is X: (EventId:5, EventTime:(Seconds:1795309822, Nanos:1), EventType:X, TaskId:1127378, WorkerMayIgnore:false)",
			"history event is X: (EventId:5, EventType:X, WorkerMayIgnore:false)", "times and task IDs are of the moment"},
		{"child", "event position 01a200cd-bda8-72e4-97a1-e8bd2e136811_16. However", "event position RUN_16. However", "the place is what tells"},
		{"protobuf", `{workflow_id:"a"  workflow_type:{name:"Ship"}}`, `{workflow_id:"a" workflow_type:{name:"Ship"}}`, "protobuf varies its spaces from binary to binary"},
		{"long", strings.Repeat("x", longestMessage+1), strings.Repeat("x", longestMessage) + "…", "a message can quote a payload"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, brief(tt.message), tt.why)
		})
	}
}

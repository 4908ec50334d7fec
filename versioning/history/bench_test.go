package history_test

import (
	"bytes"
	"fmt"
	"testing"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/stretchr/testify/require"
)

// BenchmarkDecode compares Decode with the SDK's own reader in the same run. The sub-benchmarks
// "newer" have a field that this version of the API does not know on every event, the slowest a
// good file can be.
func BenchmarkDecode(b *testing.B) {
	for _, size := range []struct {
		name       string
		activities int
	}{{"small", 1}, {"large", 1000}} {
		r := recording()
		r.History = activityHistory(size.activities)
		ours, err := history.Encode(r)
		require.NoError(b, err)
		name := fmt.Sprintf("%s-%d-events", size.name, len(r.History.Events))
		newer := bytes.ReplaceAll(ours, []byte(`"taskId"`), []byte(`"fromTheFuture": {"a": [1, "b"]}, "taskId"`))
		for _, data := range []struct {
			name string
			data []byte
		}{{"", ours}, {"/newer", newer}} {
			b.Run(name+data.name+"/sdk", func(b *testing.B) {
				b.SetBytes(int64(len(data.data)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := client.HistoryFromJSON(bytes.NewReader(data.data),
						client.HistoryJSONOptions{}); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(name+data.name+"/ours", func(b *testing.B) {
				b.SetBytes(int64(len(data.data)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := history.Decode("patching/initial.completed.json", data.data); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

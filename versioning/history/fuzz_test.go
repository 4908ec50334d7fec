package history_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/mutate"
	"github.com/stretchr/testify/require"
)

// FuzzDecode holds for any bytes: Decode does not panic; it gives a recording or a FormatError with
// a Kind that has advice; and a recording survives Encode and Decode.
func FuzzDecode(f *testing.F) {
	for _, pattern := range []string{"testdata/*.json", bad + "/*.json", bad + "/*.gz", bad + "/*.pb"} {
		files, err := filepath.Glob(pattern)
		require.NoError(f, err)
		require.NotEmpty(f, files)
		for _, file := range files {
			data, err := os.ReadFile(file)
			require.NoError(f, err)
			f.Add(data)
		}
	}
	binary, err := proto.Marshal(activityHistory(1))
	require.NoError(f, err)
	f.Add(binary)
	f.Add(zip(f, binary))
	f.Add([]byte(`{"events":[{"eventId":1,"eventType":1,"workflowExecutionStartedEventAttributes":{"input":["x"],"memo":{"fields":{"a":1}}}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		r, err := history.DecodeLimit("family/stage.scenario.json", data, 1<<20)
		require.Equal(t, before, data, "the input was changed")
		if err != nil {
			var e *history.FormatError
			require.True(t, errors.As(err, &e), "%T", err)
			require.NotEmpty(t, e.Kind.Advice())
			require.NotEmpty(t, e.Detail)
			require.Nil(t, r)
			return
		}
		require.NotEmpty(t, r.History.GetEvents())
		encoded, err := history.Encode(r)
		require.NoError(t, err)
		again, err := history.Decode("family/stage.scenario.json", encoded)
		require.NoError(t, err, "%s", encoded)
		second, err := history.Encode(again)
		require.NoError(t, err)
		require.Equal(t, string(encoded), string(second))
	})
}

// FuzzEvents holds the same for histories of which the JSON is right and the events are not.
func FuzzEvents(f *testing.F) {
	var seeds []*history.Recording
	for _, pattern := range []string{"../../histories/patching/*.json", "../../histories/runtimechecks/*/base.*.json"} {
		files, err := filepath.Glob(pattern)
		require.NoError(f, err)
		require.NotEmpty(f, files)
		for _, file := range files {
			if filepath.Base(file) == "live.json" {
				continue
			}
			r, err := history.ReadFile(os.DirFS(filepath.Dir(file)), filepath.Base(file))
			require.NoError(f, err)
			seeds = append(seeds, r)
		}
	}
	for i := range seeds {
		f.Add(uint16(i), []byte{byte(i), 3, 1, 2, 3, 8, 0, 0, 0, 0})
	}
	f.Fuzz(func(t *testing.T, which uint16, how []byte) {
		r := *seeds[int(which)%len(seeds)]
		r.History = &historypb.History{Events: mutate.Events(r.History.GetEvents(), how)}
		data, err := history.Encode(&r)
		if err != nil {
			return
		}
		decoded, err := history.DecodeLimit("family/stage.scenario.json", data, 1<<20)
		if err != nil {
			var e *history.FormatError
			require.True(t, errors.As(err, &e), "%T", err)
			require.NotEmpty(t, e.Kind.Advice())
			return
		}
		decoded.Shape()
		decoded.Closed()
		decoded.Builds()
		decoded.WorkflowType()
		again, err := history.Encode(decoded)
		require.NoError(t, err)
		_, err = history.Decode("family/stage.scenario.json", again)
		require.NoError(t, err)
	})
}

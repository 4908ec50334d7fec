package replaymatrix_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"flag"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var redactAll = flag.Bool("redact-all", false, "redact every recording, and not only every third one of the families with many stages")

// TestEverythingRedacts redacts every recording there is with -redact-all, and a third of those of large families without:
// with all stages of the family or, where it has many, with some. What is written replays as before, and no text of the
// data is left that the report does not tell of.
func TestEverythingRedacts(t *testing.T) {
	t.Parallel()
	var places, kept atomic.Int64
	t.Cleanup(func() {
		t.Logf("%d values, of which %d can be read", places.Load(), kept.Load())
		require.Greater(t, places.Load(), int64(3000), "there is less to redact than there was")
	})
	for _, c := range corpora() {
		t.Run(c.family.Name, func(t *testing.T) {
			t.Parallel()
			sources, err := history.Dir(c.recordings(), ".")
			require.NoError(t, err)
			for i, source := range sources {
				if len(c.family.Stages) >= 5 && i%3 != 0 && !*redactAll {
					continue
				}
				r, err := source.Load()
				require.NoError(t, err)
				r.Family = c.family.Name
				stages := someStages(c.family, r, i)
				redacted, report := redactAndCheck(t, c, stages, r)
				places.Add(int64(report.Places))
				kept.Add(int64(len(report.Kept)))
				require.True(t, report.Complete, "%s: %d trials", r, report.Trials)
				if i == 0 {
					redactAndCheck(t, c, stages, redacted) // what is redacted can be redacted
				}
			}
		})
	}
}

// someStages are all stages of a small family; else those that ran the execution and three others, which are others for
// each recording.
func someStages(f *versioning.Family, r *history.Recording, i int) (stages []versioning.Stage) {
	for j, stage := range f.Stages {
		if len(f.Stages) < 5 || slices.Contains(r.Lineage, stage.Name) || (i+j)%len(f.Stages) < 3 {
			stages = append(stages, stage)
		}
	}
	return stages
}

func redactAndCheck(t *testing.T, c corpus, stages []versioning.Stage, r *history.Recording) (*history.Recording, redact.Report) {
	t.Helper()
	before, err := history.Encode(r)
	require.NoError(t, err)
	opts := replay.Options{Replayer: c.replay, Level: compare.Values}
	redacted, report, err := redact.Recording(context.Background(), stages, r, redact.Options{Replay: opts})
	require.NoError(t, err)
	unchanged, err := history.Encode(r)
	require.NoError(t, err)
	require.Equal(t, string(before), string(unchanged), "the recording itself stays")
	require.True(t, redacted.Redacted)

	after, err := history.Encode(redacted)
	require.NoError(t, err)
	read, err := history.Decode(r.String()+".json", after)
	require.NoError(t, err)
	read.Family, read.Name = r.Family, r.Name
	for _, stage := range stages {
		was, is := replay.Judge(context.Background(), stage, r, opts), replay.Judge(context.Background(), stage, read, opts)
		require.Equal(t, comparable(was), comparable(is), "%s@%s: %s\n%s", r, stage.Name, was.Detail, is.Detail)
	}

	hidden := readTexts(t, before, c.replay.DataConverter)
	shown := readTexts(t, after, c.replay.DataConverter)
	told, kept := map[int64]bool{}, map[string]bool{}
	for _, k := range report.Kept {
		if told[k.Event] = true; k.Reason != redact.Occurs {
			maps.Copy(kept, shown.data[k.Event])
		}
	}
	for event, text := range shown.events {
		for value := range hidden.values() {
			if strings.Contains(text, value) && !told[event] && !kept[value] {
				t.Errorf("%s: event %d of the redacted recording holds %q, and the report does not say so", r, event, value)
			}
		}
	}
	for _, k := range report.Kept {
		for value := range hidden.values() {
			if strings.Contains(k.Path, value) && !strings.Contains(hidden.names.String(), value) {
				t.Errorf("%s: the report holds %q", r, value)
			}
		}
	}
	return redacted, report
}

// comparable is what a redacted recording has to share with the recording.
func comparable(r replay.Result) (c struct {
	Verdict, Moved replay.Verdict
	Divergence     replay.Divergence
	Park           replay.Park
	Versions       []replay.VersionCall
	Differences    []string
}) {
	c.Verdict, c.Moved, c.Divergence, c.Park, c.Versions = r.Verdict, r.Moved, r.Divergence, r.Park, r.Versions
	for _, d := range r.Differences {
		c.Differences = append(c.Differences, d.Path+" at "+d.Source)
	}
	return c
}

// texts reads a file without any package of this module: what stands in payloads and messages, and what stands elsewhere.
type texts struct {
	converter converter.DataConverter
	// data are the texts of at least four bytes in payloads that are not the SDK's own, and the messages of failures, by
	// event.
	data map[int64]map[string]bool
	// events is all text of each event; 0 has what is beside them.
	events map[int64]string
	// names is all text that is no data, and here is all text of an event.
	names, here strings.Builder
	event       int64
}

func readTexts(t *testing.T, data []byte, dc converter.DataConverter) *texts {
	var file struct {
		Replaymatrix json.RawMessage
		Events       []map[string]any
	}
	require.NoError(t, json.Unmarshal(data, &file))
	x := &texts{converter: dc, data: map[int64]map[string]bool{}, events: map[int64]string{0: string(file.Replaymatrix)}}
	for i, event := range file.Events {
		x.here.Reset()
		x.event = int64(i + 1)
		x.data[x.event] = map[string]bool{}
		for key, value := range event {
			x.value(key, value, false)
		}
		x.events[x.event] = x.here.String()
	}
	return x
}

func (x *texts) values() map[string]bool {
	all := map[string]bool{}
	for _, data := range x.data {
		maps.Copy(all, data)
	}
	return all
}

func (x *texts) value(key string, value any, own bool) {
	switch v := value.(type) {
	case map[string]any:
		if _, ok := v["metadata"].(map[string]any); ok {
			x.payload(v, own || strings.HasPrefix(key, "Temporal"))
			return
		}
		marker, _ := v["markerName"].(string)
		for k, inner := range v {
			x.name(k)
			if details, ok := inner.(map[string]any); ok && k == "details" && marker != "" {
				for name, detail := range details {
					if payloads, _ := detail.(map[string]any)["payloads"].([]any); name == "data" && marker == "MutableSideEffect" {
						x.value(name, payloads[0], true)
						x.value(name, payloads[1], false)
						continue
					}
					x.value(name, detail, marker == "Version" || name == "side-effect-id" || name == "mutable-side-effect-call-counter" || marker == "LocalActivity" && name == "data")
				}
				continue
			}
			x.value(k, inner, own)
		}
	case []any:
		for _, inner := range v {
			x.value(key, inner, own)
		}
	case string:
		if fixed := v == "activity error" || v == "child workflow execution error" || v == "canceled" || v == "Encoded failure" ||
			strings.HasPrefix(v, "activity ") && strings.HasSuffix(v, " timeout") || v == "nexus operation completed unsuccessfully"; key == "message" && !fixed {
			x.text(v)
			return
		}
		if key == "eventTime" || strings.HasPrefix(v, "EVENT_TYPE") {
			return
		}
		x.name(v)
	}
}

func (x *texts) name(s string) {
	x.here.WriteString(s + "\n")
	x.names.WriteString(s + "\n")
}

func (x *texts) text(s string) {
	x.here.WriteString(s + "\n")
	if len(s) >= 4 {
		x.data[x.event][s] = true
	}
}

func (x *texts) payload(v map[string]any, own bool) {
	p := &commonpb.Payload{Metadata: map[string][]byte{}}
	for key, value := range v["metadata"].(map[string]any) {
		p.Metadata[key], _ = base64.StdEncoding.DecodeString(value.(string))
	}
	if data, ok := v["data"].(string); ok {
		p.Data, _ = base64.StdEncoding.DecodeString(data)
	}
	var inner converter.RawValue
	if x.converter != nil && x.converter.FromPayload(p, &inner) == nil {
		p = inner.Payload()
	}
	var value any
	switch err := json.Unmarshal(p.GetData(), &value); {
	case own:
		x.name(string(p.GetData()))
	case err != nil:
		x.text(string(p.GetData()))
	default:
		x.decoded(value)
	}
}

func (x *texts) decoded(value any) {
	switch v := value.(type) {
	case map[string]any:
		if _, ok := v["metadata"].(map[string]any); ok {
			x.payload(v, false)
			return
		}
		for key, inner := range v {
			x.name(key)
			x.decoded(inner)
		}
	case []any:
		for _, inner := range v {
			x.decoded(inner)
		}
	case string:
		if v == "Sleep" || v == "AwaitWithTimeout" {
			x.name(v) // the SDK's
			return
		}
		x.text(v)
	}
}

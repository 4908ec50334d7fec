package report_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
)

type schema struct {
	Ref         string             `json:"$ref"`
	Description string             `json:"description"`
	Const       any                `json:"const"`
	Enum        []string           `json:"enum"`
	Type        any                `json:"type"`
	Required    []string           `json:"required"`
	Properties  map[string]*schema `json:"properties"`
	Additional  *schema            `json:"additionalProperties"`
	Items       *schema            `json:"items"`
	Defs        map[string]*schema `json:"$defs"`
}

func readSchema(t *testing.T, name string) *schema {
	t.Helper()
	data, err := os.ReadFile("../../docs/" + name + ".schema.json")
	require.NoError(t, err)
	s := &schema{}
	require.NoError(t, json.Unmarshal(data, s))
	return s
}

// TestSchemas holds the JSON Schemas against the types that are written: each field
// is in there, described, and required where it is always written. That the documents
// satisfy them is tested in the acceptance module.
func TestSchemas(t *testing.T) {
	t.Parallel()
	for name, written := range map[string]any{"matrix": document.Document{}, "explain": document.Explanation{}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := readSchema(t, name)
			require.Equal(t, float64(document.Version), root.Properties["version"].Const)
			used := map[string]bool{}
			compareSchema(t, root, root, reflect.TypeOf(written), name, used)
			for def := range root.Defs {
				require.True(t, used[def], "nothing refers to %s", def)
			}
		})
	}
}

func compareSchema(t *testing.T, root, s *schema, of reflect.Type, path string, used map[string]bool) {
	t.Helper()
	if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
		used[name] = true
		require.NotNil(t, root.Defs[name], "%s", path)
		s = root.Defs[name]
	}
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	switch of {
	case reflect.TypeFor[replay.Verdict]():
		var verdicts []string
		for _, info := range replay.Verdicts() {
			verdicts = append(verdicts, string(info.Verdict))
		}
		require.Equal(t, verdicts, s.Enum, path)
		return
	case reflect.TypeFor[replay.NoteKind]():
		var kinds []string
		for _, info := range replay.Notes() {
			kinds = append(kinds, string(info.Kind))
		}
		require.Equal(t, kinds, s.Enum, path)
		return
	case reflect.TypeFor[finding.Answer]():
		var answers []string
		for _, a := range finding.Answers() {
			answers = append(answers, a.String())
		}
		require.Equal(t, answers, s.Enum, path)
		return
	case reflect.TypeFor[finding.Severity]():
		want := []string{finding.Note.String(), finding.Changed.String(), finding.Stuck.String(), finding.Lost.String()}
		require.Equal(t, want, s.Enum, path)
		return
	case reflect.TypeFor[compare.Level]():
		require.Equal(t, texts(compare.Levels()...), s.Enum, path)
		return
	case reflect.TypeFor[compare.Mark]():
		require.Equal(t, texts(compare.MarkSame, compare.MarkDiffers, compare.MarkMissing, compare.MarkExtra,
			compare.MarkUnknown), s.Enum, path)
		return
	case reflect.TypeFor[replay.OfferKind]():
		require.Equal(t, texts(replay.OfferedSignal, replay.OfferedUpdate, replay.OfferedQuery,
			replay.OfferedQueryWithArguments, replay.OfferedActivity), s.Enum, path)
		return
	case reflect.TypeFor[cause.Kind]():
		kinds := []string{""}
		for _, info := range cause.Kinds() {
			kinds = append(kinds, string(info.Kind))
		}
		require.Equal(t, kinds, s.Enum, path)
		return
	case reflect.TypeFor[cause.DecisionKind](), reflect.TypeFor[cause.ValueOf](), reflect.TypeFor[cause.Way]():
		require.NotEmpty(t, s.Enum, path)
		return
	case reflect.TypeFor[cause.Notice]():
		require.Equal(t, texts(cause.NoticedAtOnce, cause.NoticedUnlessClosing, cause.NeverNoticed,
			cause.ClosesUnnoticed,
			cause.FailsExecution, cause.WaitsUnnoticed, cause.LeftUnnoticed, cause.ErrorInCode, cause.ZeroInCode,
			cause.NoticedByChance),
			s.Enum, path)
		return
	case reflect.TypeFor[rehearse.Kind]():
		require.Equal(t, texts(rehearse.AsRecorded, rehearse.Otherwise, rehearse.Stuck, rehearse.Closes, rehearse.Hangs,
			rehearse.Waits, rehearse.Unknown), s.Enum, path)
		return
	case reflect.TypeFor[rehearse.NewsKind]():
		require.Equal(t, texts(rehearse.NewsRecorded, rehearse.NoNews, rehearse.TimerFired, rehearse.CancelRequested,
			rehearse.SignalCame, rehearse.UpdateCame, rehearse.FirstTask), s.Enum, path)
		return
	case reflect.TypeFor[finding.Roll]():
		require.Equal(t, texts(finding.NoneStuck, finding.RollStuck, finding.RollCloses), s.Enum, path)
		return
	case reflect.TypeFor[history.Outcome]():
		require.Equal(t, texts(history.Closed, history.WentOn, history.TaskFailed, history.Stuck), s.Enum, path)
		return
	case reflect.TypeFor[history.TaskKind]():
		require.Equal(t, texts(history.ClosingTask, history.OtherTask), s.Enum, path)
		return
	case reflect.TypeFor[json.RawMessage]():
		require.Nil(t, s.Type, "%s is any JSON", path)
		return
	}
	switch of.Kind() {
	case reflect.Struct:
		require.Equal(t, "object", s.Type, path)
		var fields, required []string
		for i := range of.NumField() {
			field := of.Field(i)
			tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
			fields = append(fields, tag)
			if options != "omitempty" && options != "omitzero" {
				required = append(required, tag)
			}
			require.NotNil(t, s.Properties[tag], "%s.%s is not in the schema", path, tag)
			require.NotEmpty(t, s.Properties[tag].Description+s.Properties[tag].Ref, "%s.%s is not described", path,
				tag)
			compareSchema(t, root, s.Properties[tag], field.Type, path+"."+tag, used)
		}
		require.ElementsMatch(t, required, s.Required, path)
		for name := range s.Properties {
			require.True(t, slices.Contains(fields, name), "%s.%s is never written", path, name)
		}
	case reflect.Slice:
		require.NotNil(t, s.Items, path)
		compareSchema(t, root, s.Items, of.Elem(), path+"[]", used)
	case reflect.Map:
		require.NotNil(t, s.Additional, path)
		compareSchema(t, root, s.Additional, of.Elem(), path+"{}", used)
	case reflect.String:
		require.Equal(t, "string", s.Type, path)
	case reflect.Bool:
		require.True(t, s.Type == "boolean" || s.Const == true, path)
	default:
		require.True(t, s.Type == "integer" || s.Const != nil, path)
	}
}

func texts[T ~string](values ...T) (list []string) {
	for _, v := range values {
		list = append(list, string(v))
	}
	return list
}

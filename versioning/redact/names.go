package redact

import (
	"context"
	"reflect"
	"strconv"
	"strings"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// names are the events as reports name them: the type, and what it is about. An event that follows
// from another one has the name of that one.
func names(recorded []*historypb.HistoryEvent) []string {
	list := make([]string, len(recorded))
	about := map[int64]string{}
	for i, e := range recorded {
		eventType, what, found := strings.Cut(compare.PathOf(e), "(")
		switch {
		case found:
			what = "(" + what
		case e.GetWorkflowExecutionSignaledEventAttributes() != nil,
			e.GetWorkflowExecutionUpdateAcceptedEventAttributes() != nil:
			what = "(" + events.Incoming(e) + ")"
		default:
			what = about[events.Origin(e)]
		}
		about[e.GetEventId()] = what
		list[i] = eventType + what
	}
	return list
}

func itoa(i int) string { return strconv.Itoa(i) }

// workersConverter is the data converter of the workers after all plugins, in the context of the
// execution; nil for the default one.
func workersConverter(options worker.WorkflowReplayerOptions, r *history.Recording,
	namespace string) (dc converter.DataConverter) {
	dc = options.DataConverter
	if len(options.Plugins) > 0 {
		seen := &converterOf{}
		options.Plugins = append(options.Plugins[:len(options.Plugins):len(options.Plugins)], seen)
		// What is wrong with the options, the replay has said.
		if _, err := worker.NewWorkflowReplayerWithOptions(options); err == nil {
			dc = seen.converter
		}
	}
	if dc == nil || reflect.TypeOf(dc) == reflect.TypeOf(converter.GetDefaultDataConverter()) {
		return nil
	}
	return converter.WithDataConverterSerializationContext(dc,
		converter.WorkflowSerializationContext{Namespace: namespace, WorkflowID: r.WorkflowID})
}

// converterOf is the last plugin, and sees what the others leave.
type converterOf struct {
	worker.PluginBase
	converter converter.DataConverter
}

func (*converterOf) Name() string { return "replaymatrix.redact" }

func (p *converterOf) ConfigureWorkflowReplayer(_ context.Context,
	o worker.PluginConfigureWorkflowReplayerOptions) error {
	p.converter = o.WorkflowReplayerOptions.DataConverter
	return nil
}

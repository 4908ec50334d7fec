package history

import (
	"bytes"
	"fmt"

	historypb "go.temporal.io/api/history/v1"
)

// MaxFileSize is the size in bytes of the largest file that is read. A compressed file may not
// decompress to more than MaxFileSize either. By default, a Temporal Service ends an execution at
// 51,200 events or 50 MB of history. As indented JSON with base64 payloads, such a history stays
// well below MaxFileSize.
const MaxFileSize = 256 << 20

// maxEventSize is the most that one event may take as JSON: a service accepts and stores single
// messages of 4 MB, which base64 makes 5.4 MB. It bounds the memory that one hostile event can ask
// for.
const maxEventSize = 32 << 20

// Decode reads a recording from the bytes of a file, in any of the forms that the package comment
// lists. The path only gives names: of the recording (FAMILY/NAME.json), and of the file in errors.
// Decode opens no file, and does not keep or change data.
//
// Lineage, scenario, IDs, versions and time come from the "replaymatrix" object of the file. If the
// file has no such object, lineage and scenario come from the name of the file. The name must have
// the form STAGE[+STAGE…].SCENARIO, in lower case letters, digits and hyphens with exactly one dot
// (initial+patched.completed.json). With any other name, such as 4711.json, lineage and scenario
// stay empty.
//
// The error is a *FormatError. It has any Kind except KindDuplicateName and KindFolder.
func Decode(path string, data []byte) (*Recording, error) {
	return decode(path, data, MaxFileSize)
}

func decode(path string, data []byte, limit int64) (*Recording, error) {
	if int64(len(data)) > limit {
		return nil, tooLarge(path, int64(len(data)), limit)
	}
	data, err := unpack(path, data, limit)
	if err != nil {
		return nil, err
	}
	form, err := sniff(path, data)
	if err != nil {
		return nil, err
	}
	b := &builder{path: path}
	if form == formProto {
		err = decodeProto(b, data)
	} else {
		err = decodeJSON(b, data)
	}
	if err != nil {
		return nil, err
	}
	if err := b.order.finish(path); err != nil {
		return nil, err
	}
	return b.recording(), nil
}

// builder collects what a decoder finds: the events, each checked as it comes so that a hostile
// file is refused at its first bad event and not after all of them are in memory, and what the file
// says of itself.
type builder struct {
	path   string
	events []*historypb.HistoryEvent
	order  order
	meta   *metadata
	// IDs that a response object carries beside the history.
	workflowID, runID string
}

// next is the place of the event that comes next, counted from 1. In a good history that is its ID.
func (b *builder) next() int64 { return int64(len(b.events)) + 1 }

func (b *builder) add(ev *historypb.HistoryEvent) error {
	if err := b.order.add(b.path, ev); err != nil {
		return err
	}
	b.events = append(b.events, ev)
	return nil
}

func (b *builder) recording() *Recording {
	r := &Recording{
		WorkflowID: b.workflowID,
		RunID:      b.runID,
		History:    &historypb.History{Events: b.events},
	}
	r.Family, r.Name = splitPath(b.path)
	if b.meta != nil {
		b.meta.apply(r)
	} else {
		r.Lineage, r.Scenario = parseName(r.Name)
	}
	r.fallBack()
	return r
}

// fail makes the error of one event.
func (b *builder) fail(kind Kind, event int64, err error, format string, args ...any) error {
	return &FormatError{Path: b.path, Kind: kind, Event: event, Detail: fmt.Sprintf(format, args...), Err: err}
}

func tooLarge(path string, size, limit int64) error {
	return &FormatError{Path: path, Kind: KindTooLarge,
		Detail: fmt.Sprintf("the file has %d MB, more than the %d MB that are read", size>>20, limit>>20)}
}

// quote shows the beginning of a text on one line.
func quote(text []byte) string {
	const most = 40
	line, _, _ := bytes.Cut(bytes.TrimSpace(text), []byte("\n"))
	line = bytes.ToValidUTF8(bytes.TrimSpace(line), []byte("?"))
	if runes := []rune(string(line)); len(runes) > most {
		return fmt.Sprintf("%q…", string(runes[:most]))
	}
	return fmt.Sprintf("%q", line)
}

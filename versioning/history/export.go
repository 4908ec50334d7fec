package history

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	historypb "go.temporal.io/api/history/v1"
)

// An export is a file of Temporal Cloud with the histories of many executions:
// temporal.api.export.v1.WorkflowExecutions. It is read again for each use of its recordings one
// after the other, and kept in between.
type export struct {
	fsys fs.FS
	file string

	mu sync.Mutex
	// data is the file, decompressed, and left the number of loads after which it is given up: as a
	// rule each of its recordings is loaded once. nil if it is to be read.
	data []byte
	left int
	// at has the place of each execution in the data.
	at []span
}

type span struct{ from, to int }

// exportSources returns a source for each execution of the file, nothing if it is no export of
// several. What is wrong with a file that begins like one is for its Load to say.
func exportSources(fsys fs.FS, family, file string) []Source {
	if !beginsLikeExport(head(fsys, file)) {
		return nil
	}
	e := &export{fsys: fsys, file: file}
	data, err := e.read()
	if err != nil {
		return nil
	}
	if e.at = executions(data); len(e.at) < 2 {
		return nil
	}
	name := exportName(file)
	taken := map[string]bool{}
	var sources []Source
	for i, at := range e.at {
		s := Source{Family: family, Name: name + "_" + executionName(data[at.from:at.to], i), Path: file}
		for taken[s.Name] {
			s.Name += fmt.Sprintf("_%d", i+1)
		}
		taken[s.Name] = true
		s.Load = func() (*Recording, error) { return e.load(i, s.Name) }
		var w weight // of messages
		w.add(data[at.from:at.to])
		takes := w.bytes(false)
		s.Weigh = func() (int64, error) { return takes, nil }
		sources = append(sources, s)
	}
	return sources
}

// exportName gives the name of the file without its extension, which is .proto in the bucket of an
// export.
func exportName(file string) string {
	base := path.Base(file)
	if name, ok := trimExtension(base); ok {
		return name
	}
	return strings.TrimSuffix(base, ".proto")
}

// load decodes the execution with that number, counted from 0, under the name.
func (e *export) load(i int, name string) (*Recording, error) {
	data, err := e.bytes()
	if err != nil {
		return nil, err
	}
	at := e.at[i]
	if at.to > len(data) {
		return nil, &FormatError{Path: e.file, Kind: KindTruncated,
			Detail: "the file has become shorter while it was read"}
	}
	b := &builder{path: fmt.Sprintf("%s (execution %d)", e.file, i+1)}
	if events := inner(data[at.from:at.to]); len(events) > 0 {
		if err := decodeProto(b, events); err != nil {
			return nil, err
		}
	}
	if err := b.order.finish(b.path); err != nil {
		return nil, err
	}
	r := b.recording()
	// The name of the file is about no stage.
	r.Family, _ = splitPath(e.file)
	r.Name, r.Lineage, r.Scenario = name, nil, ""
	return r, nil
}

// bytes returns the file, and reads it if it is not kept.
func (e *export) bytes() ([]byte, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.data == nil {
		data, err := e.read()
		if err != nil {
			return nil, err
		}
		e.data, e.left = data, len(e.at)
	}
	data := e.data
	if e.left--; e.left <= 0 {
		e.data = nil
	}
	return data, nil
}

func (e *export) read() ([]byte, error) {
	data, err := readBytes(e.fsys, e.file)
	if err != nil {
		return nil, err
	}
	return unpack(e.file, data, MaxFileSize)
}

// executions returns where the items of an export are, nil if the data is none that can be read to
// its end.
func executions(data []byte) (list []span) {
	for at := 0; at < len(data); {
		num, typ, n := protowire.ConsumeTag(data[at:])
		if n < 0 {
			return nil
		}
		at += n
		size := protowire.ConsumeFieldValue(num, typ, data[at:])
		if size < 0 {
			return nil
		}
		if num == 1 && typ == protowire.BytesType {
			raw, _ := protowire.ConsumeBytes(data[at:])
			list = append(list, span{at + size - len(raw), at + size})
		}
		at += size
	}
	return list
}

// beginsLikeExport reports an event with the ID 1 in a history in an item.
func beginsLikeExport(data []byte) bool { return depthOfFirstEvent(data) == 3 }

// executionName tells the executions of an export apart: by workflow ID and run ID as far as they
// are known, else by their number. It has no slash and nothing else that a file name could not
// have, and underscores, as the files of a pull, so that it is not taken for that of a stage.
func executionName(item []byte, i int) string {
	var parts []string
	if started := startedIn(item); started != nil {
		for _, id := range []string{started.GetWorkflowId(), started.GetOriginalExecutionRunId()} {
			if id = nameable(id); id != "" {
				parts = append(parts, id)
			}
		}
	}
	if len(parts) == 0 {
		return fmt.Sprint(i + 1)
	}
	return strings.Join(parts, "_")
}

// inner returns what is in the first field of a message: the history of an item, the first event of
// a history. It is nil where there is none.
func inner(data []byte) []byte {
	if len(data) == 0 || data[0] != protoEventTag {
		return nil
	}
	raw, n := protowire.ConsumeBytes(data[1:])
	if n < 0 {
		return nil
	}
	return raw
}

// startedIn decodes the first event of an execution.
func startedIn(item []byte) *historypb.WorkflowExecutionStartedEventAttributes {
	first := inner(inner(item))
	ev := &historypb.HistoryEvent{}
	if len(first) > maxEventSize || proto.Unmarshal(first, ev) != nil {
		return nil
	}
	return ev.GetWorkflowExecutionStartedEventAttributes()
}

// nameable replaces what has a meaning in paths and in the names of cells.
func nameable(id string) string {
	const most = 80
	runes := []rune(strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '-'
	}, id))
	return string(runes[:min(len(runes), most)])
}

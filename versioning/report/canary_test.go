package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// canary is a value that does harm wherever it is shown as it is.
const canary = "canary\x1b[31m\u202e\x00\r\n::error::canary\n##[error]canary\n</script><b>`|canary\u2028]]>"

// deepest is the number of messages within each other that a field is looked for in.
const deepest = 5

// TestCanary puts a value that does harm into each field of text or bytes that an event of each recorded type can have, one
// at a time, judges that, and writes all that is written of it.
func TestCanary(t *testing.T) {
	t.Parallel()
	mutants := map[*versioning.Family][]history.Source{}
	seen, types := map[string]bool{}, map[string]bool{}
	for _, s := range seeded() {
		for i, e := range s.recording.History.GetEvents() {
			attributes := attributesOf(e.ProtoReflect())
			if attributes == nil {
				continue
			}
			types[e.GetEventType().String()] = true
			fields := append(leaves(e.ProtoReflect().Descriptor(), attributes.Message(), deepest),
				leaves(attributes.Message(), nil, deepest)...)
			for n, path := range fields {
				key := fmt.Sprintf("%s %d %s", e.GetEventType(), n, pathText(path))
				if seen[key] {
					continue
				}
				seen[key] = true
				r := *s.recording
				r.History = proto.CloneOf(r.History)
				event := r.History.GetEvents()[i].ProtoReflect()
				if path[0].Parent() != event.Descriptor() {
					event = event.Mutable(attributes).Message()
				}
				put(event, path)
				r.Name = fmt.Sprintf("mutant-%d", len(seen))
				mutants[s.family] = append(mutants[s.family], history.Source{Family: s.family.Name, Name: r.Name,
					Load: func() (*history.Recording, error) { return &r, nil }})
			}
		}
	}
	require.GreaterOrEqual(t, len(types), 35, "the recordings have most of what a service writes")
	require.Greater(t, len(seen), 1000)
	for _, f := range workflows.Families {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			for few := range slices.Chunk(mutants[f], 150) {
				m, err := matrix.Judge(t.Context(), f, slices.Values(few), &matrix.Options{
					Explain: true,
					Only: func(_, stage string) bool {
						return stage == f.Stages[0].Name || stage == f.Stages[len(f.Stages)-1].Name
					}})
				require.NoError(t, err)
				writeAll(t, m)
			}
		})
	}
}

// attributesOf is the field with the attributes of the event.
func attributesOf(event protoreflect.Message) protoreflect.FieldDescriptor {
	return event.WhichOneof(event.Descriptor().Oneofs().ByName("attributes"))
}

// leaves are the ways to the fields of text and bytes in the message, those in lists and maps too. The message that is left
// out is looked into by itself.
func leaves(m, without protoreflect.MessageDescriptor, depth int) (paths [][]protoreflect.FieldDescriptor) {
	if depth == 0 {
		return nil
	}
	for i := range m.Fields().Len() {
		fd := m.Fields().Get(i)
		if one := fd.ContainingOneof(); one != nil && one.Name() == "attributes" && without != nil {
			continue // those of other types
		}
		value := fd
		if fd.IsMap() {
			paths = append(paths, []protoreflect.FieldDescriptor{fd, fd.MapKey()})
			value = fd.MapValue()
		}
		switch {
		case value.Kind() == protoreflect.StringKind, value.Kind() == protoreflect.BytesKind:
			paths = append(paths, []protoreflect.FieldDescriptor{fd})
		case value.Message() != nil:
			for _, rest := range leaves(value.Message(), nil, depth-1) {
				paths = append(paths, append([]protoreflect.FieldDescriptor{fd}, rest...))
			}
		}
	}
	return paths
}

// put sets the field to the canary, and makes what is around it.
func put(m protoreflect.Message, path []protoreflect.FieldDescriptor) {
	fd, rest := path[0], path[1:]
	switch {
	case fd.IsMap():
		key, value := "k", fd.MapValue()
		if len(rest) > 0 && rest[0] == fd.MapKey() {
			key, rest = canary, nil
		}
		if fd.MapKey().Kind() != protoreflect.StringKind {
			return
		}
		of := m.Mutable(fd).Map()
		at := protoreflect.ValueOfString(key).MapKey()
		if value.Message() == nil {
			of.Set(at, canaryFor(value))
			return
		}
		if inner := of.Mutable(at).Message(); len(rest) > 0 {
			put(inner, rest)
		}
	case fd.IsList() && fd.Message() == nil:
		m.Mutable(fd).List().Append(canaryFor(fd))
	case fd.IsList():
		list := m.Mutable(fd).List()
		if list.Len() == 0 {
			list.AppendMutable()
		}
		put(list.Get(0).Message(), rest)
	case fd.Message() != nil:
		put(m.Mutable(fd).Message(), rest)
	default:
		m.Set(fd, canaryFor(fd))
	}
}

// canaryFor is the canary for the field: as JSON where bytes are the value of somebody.
func canaryFor(fd protoreflect.FieldDescriptor) protoreflect.Value {
	if fd.Kind() == protoreflect.BytesKind {
		return protoreflect.ValueOfBytes(fmt.Appendf(nil, "%q", canary))
	}
	return protoreflect.ValueOfString(canary)
}

func pathText(path []protoreflect.FieldDescriptor) string {
	var names []string
	for _, fd := range path {
		names = append(names, string(fd.Name()))
	}
	return strings.Join(names, ".")
}

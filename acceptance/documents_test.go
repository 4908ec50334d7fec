package acceptance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// TestSchemas validates what the command writes for every reference family, and for
// cells of every verdict, against the JSON Schemas in docs.
func TestSchemas(t *testing.T) {
	t.Parallel()
	t.Run("matrix", func(t *testing.T) {
		t.Parallel()
		schema := strict(t, "matrix")
		document := everything(t, "json")
		require.NoError(t, schema.Validate(parsed(t, document)))
		families := parsed(t, document).(map[string]any)["families"].([]any)
		require.Greater(t, len(families), 20)
		mutate(t, schema, document, []mutation{
			{[]any{"version"}, nil, "a field is missing"},
			{[]any{"version"}, json.Number("2"), "another version"},
			{[]any{"level"}, "all", "a level that is none"},
			{[]any{"families", 0, "cells", 0, "verdict"}, "fine", "a verdict that is none"},
			{[]any{"families", 0, "cells", 0, "event"}, "5", "a number as text"},
			{[]any{"families", 0, "cells", 0, "colour"}, "red", "a field that the schema does not know"},
			{[]any{"families", 0, "recordings", 0, "lineage"}, nil, "a list is missing"},
			{[]any{"families", 0, "coverage", 0, "calls", 0, "min"}, json.Number("-2"), "no version"},
		})
	})
	t.Run("explain", func(t *testing.T) {
		t.Parallel()
		schema := strict(t, "explain")
		cells := cellsOfEveryKind(t)
		document := output(t, append([]string{"explain", "--format", "json"}, cells...)...)
		require.NoError(t, schema.Validate(parsed(t, document)))
		mutate(t, schema, document, []mutation{
			{[]any{"cells", 0, "tasks"}, nil, "a field is missing"},
			{[]any{"cells", 0, "verdict"}, "fine", "a verdict that is none"},
			{[]any{"cells", 0, "tasks", 0, "rows", 0, "mark"}, "!=", "a mark of the text"},
			{[]any{"cells", 0, "tasks", 0, "rows", 0, "colour"}, "red", "a field that the schema does not know"},
		})
		shapes := output(t, append([]string{"explain", "--format", "json", "--level", "commands"}, cells...)...)
		require.NoError(t, schema.Validate(parsed(t, shapes)), "the lowest level leaves more out")
	})
}

// strict is the schema with no room for fields that it does not know. What is
// published has that room, as fields can be added.
func strict(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("../docs/" + name + ".schema.json")
	require.NoError(t, err)
	document := parsed(t, string(data))
	close := func(o map[string]any) {
		if o["properties"] != nil && o["additionalProperties"] == nil {
			o["additionalProperties"] = false
		}
	}
	each(document, close)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("schema.json", document))
	schema, err := compiler.Compile("schema.json")
	require.NoError(t, err)
	return schema
}

// each calls the function for all objects.
func each(value any, do func(map[string]any)) {
	switch value := value.(type) {
	case map[string]any:
		do(value)
		for _, v := range value {
			each(v, do)
		}
	case []any:
		for _, v := range value {
			each(v, do)
		}
	}
}

func parsed(t *testing.T, document string) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	require.NoError(t, err)
	return value
}

// mutation puts a value into a place of a document, nil takes the field out.
type mutation struct {
	path  []any
	value any
	why   string
}

func mutate(t *testing.T, schema *jsonschema.Schema, document string, mutations []mutation) {
	t.Helper()
	for _, m := range mutations {
		broken := parsed(t, document)
		at := broken
		for _, step := range m.path[:len(m.path)-1] {
			switch step := step.(type) {
			case string:
				at = at.(map[string]any)[step]
			case int:
				at = at.([]any)[step]
			}
		}
		field := m.path[len(m.path)-1].(string)
		if m.value == nil {
			delete(at.(map[string]any), field)
		} else {
			at.(map[string]any)[field] = m.value
		}
		require.Error(t, schema.Validate(broken), "%v: %s", m.path, m.why)
	}
}

// cellsOfEveryKind are a few cells of each verdict that occurs, and one of each
// family.
func cellsOfEveryKind(t *testing.T) (cells []string) {
	t.Helper()
	var document struct {
		Families []struct {
			Name  string
			Cells []struct{ Recording, Stage, Verdict string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(everything(t, "json")), &document))
	count := map[string]int{}
	for _, f := range document.Families {
		for i, c := range f.Cells {
			count[c.Verdict]++
			if count[c.Verdict] <= 3 || i == len(f.Cells)-1 {
				cells = append(cells, fmt.Sprintf("%s/%s@%s", f.Name, c.Recording, c.Stage))
			}
		}
	}
	require.Greater(t, len(count), 4)
	return cells
}

// TestSARIFSchema validates the logs with the schema of OASIS, and reads them with a
// library, as tools do.
func TestSARIFSchema(t *testing.T) {
	t.Parallel()
	schema := sarifSchema(t)
	goldens, err := filepath.Glob("../versioning/report/testdata/ci/*.sarif")
	require.NoError(t, err)
	require.NotEmpty(t, goldens)
	documents := []string{everything(t, "sarif")}
	for _, file := range goldens {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		documents = append(documents, string(data))
	}
	for _, document := range documents {
		require.NoError(t, schema.Validate(parsed(t, document)))
		require.Len(t, readSARIF(t, document).Runs, 1)
	}
	all := readSARIF(t, documents[0])
	files := 0
	for _, r := range all.Runs[0].Results {
		require.NotEmpty(t, r.Locations)
		require.NotNil(t, r.Locations[0].PhysicalLocation, "code scanning refuses the whole log without")
		uri := *r.Locations[0].PhysicalLocation.ArtifactLocation.URI
		_, err := os.Stat(filepath.Join("..", filepath.FromSlash(uri)))
		require.NoError(t, err, "a path in the repository")
		if uri != "go.mod" {
			files++
		}
	}
	require.Greater(t, files, 100)

	for _, change := range [][2]string{{`"level": "warning"`, `"level": "loud"`}, {`"ruleIndex"`, `"ruleNumber"`}, {`"startLine": `, `"startLine": -`}} {
		broken := strings.Replace(documents[0], change[0], change[1], 1)
		require.NotEqual(t, documents[0], broken)
		require.Error(t, schema.Validate(parsed(t, broken)), "%s", change)
	}
}

// sarifSchema is the one that the library holds in a constant.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	folder, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	require.NoError(t, err)
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(folder)), "schema.go"), nil, 0)
	require.NoError(t, err)
	var text string
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING && len(literal.Value) > len(text) {
			text = literal.Value
		}
		return true
	})
	text, err = strconv.Unquote(text)
	require.NoError(t, err)
	document := parsed(t, text)
	require.Contains(t, document.(map[string]any)["title"], "(SARIF) Version 2.1.0")
	delete(document.(map[string]any), "id") // which draft 4 had
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("sarif.json", document))
	schema, err := compiler.Compile("sarif.json")
	require.NoError(t, err)
	return schema
}

func readSARIF(t *testing.T, document string) *sarif.Report {
	t.Helper()
	log := &sarif.Report{}
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(log))
	return log
}

// TestNoMachinePaths is about documents that are published: where the code was built
// is nobody's business.
func TestNoMachinePaths(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	for _, format := range slices.Sorted(slices.Values(formats)) {
		require.False(t, bytes.Contains([]byte(everything(t, format)), []byte(root)), format)
	}
}

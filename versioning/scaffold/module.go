package scaffold

import (
	"bytes"
	"errors"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const ourModule = "github.com/replaymatrix/replaymatrix"

// A Module is the Go module that a package is in.
type Module struct {
	// Dir is the folder of the module. Path is its name. Go is the version of its go line, empty if
	// there is no go line.
	Dir, Path, Go string
	// Requires reports whether the go.mod file requires the module of this project.
	Requires bool
}

var (
	moduleLine  = regexp.MustCompile(`(?m)^\s*module\s+(?:\(\s*)?("[^"]*"|` + "`[^`]*`" + `|[^\s"()]+)`)
	goLine      = regexp.MustCompile(`(?m)^\s*go\s+([0-9][0-9a-z.]*)`)
	requireLine = regexp.MustCompile(`(?m)^\s*(?:require\s+)?` + regexp.QuoteMeta(ourModule) + `\s+v`)
)

// findModule looks for go.mod in the folder and those above.
func findModule(folder string) (Module, error) {
	for dir := folder; ; dir = filepath.Dir(dir) {
		file := filepath.Join(dir, "go.mod")
		mod, err := os.ReadFile(file)
		if err == nil {
			return readModule(dir, mod)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return Module{}, err
		}
		if dir == filepath.Dir(dir) {
			return Module{}, &Error{Folder: folder, Err: ErrNoModule,
				Next: `there is no go.mod in it or above it: go to the module that has your workflows, or make one with "go mod init"`}
		}
	}
}

func readModule(dir string, mod []byte) (Module, error) {
	m := Module{Dir: dir}
	line := moduleLine.FindSubmatch(mod)
	if line == nil {
		return m, &Error{Folder: filepath.Join(dir, "go.mod"), Err: ErrNoModule, Next: "it has no module line"}
	}
	m.Path = string(line[1])
	if unquoted, err := strconv.Unquote(m.Path); err == nil {
		m.Path = unquoted
	}
	if version := goLine.FindSubmatch(mod); version != nil {
		m.Go = string(version[1])
	}
	m.Requires = requireLine.Match(mod)
	return m, nil
}

// walk calls the function for each Go file of the module that is no test, in order.
// What cannot be read is passed over: the go command will say it.
func (m Module) walk(do func(file string, source []byte)) {
	_ = filepath.WalkDir(m.Dir, func(file string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return nil
		case entry.IsDir():
			if file == m.Dir {
				return nil
			}
			_, nested := os.Stat(filepath.Join(file, "go.mod"))
			if nested == nil || slices.Contains([]string{"vendor", "testdata", "node_modules"}, name) ||
				strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
				return fs.SkipDir
			}
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && entry.Type().IsRegular():
			if source, err := os.ReadFile(file); err == nil {
				do(file, source)
			}
		}
		return nil
	})
}

// withWorkflows lists the folders of the packages that have workflows, as the go
// command takes them.
func (m Module) withWorkflows() (folders []string) {
	m.walk(func(file string, source []byte) {
		if !bytes.Contains(source, []byte(workflowPackage)) {
			return
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, source, parser.SkipObjectResolution)
		if err != nil {
			return
		}
		inside, err := filepath.Rel(m.Dir, filepath.Dir(file))
		folder := "./" + filepath.ToSlash(inside)
		if inside == "." {
			folder = "."
		}
		if err != nil || slices.Contains(folders, folder) {
			return
		}
		for _, f := range functions(tree) {
			if f.Name.IsExported() {
				folders = append(folders, folder)
				return
			}
		}
	})
	return folders
}

package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// The files that Plan makes, in the folder of the package, and the folder of the
// recordings below it.
const (
	testFile     = "replay_test.go"
	familiesFile = "families.go"
	histories    = "testdata/histories"
)

// Options say what to plan in addition to the test and the folders of the recordings.
type Options struct {
	// Command adds a command for the package's workflows. The families then go into a file that is
	// no test, and a main function uses them.
	Command bool
	// GitHub adds a workflow of GitHub Actions.
	GitHub bool
	// Pull is a command that downloads histories. Its arguments are --workflow-type TYPE FOLDER.
	// Empty means that there is no such command.
	Pull string
}

// A File is a file that Write writes.
type File struct {
	// Path is relative to the folder of the module, with slashes. If the module is only a part of a
	// repository and the file belongs to the whole repository, Path leads out of the folder.
	Path string
	Text string
	// Exists reports whether the file already exists. Write leaves such a file as it is.
	Exists bool
	// Is says what it is that exists: "a link", "a folder". It is "" for a file.
	Is string
}

// ErrMain is for a command of a main package: no other package can import it.
var ErrMain = errors.New("the package is a main package, and a command cannot import it: move its workflows into " +
	"a package of their own")

// Plan returns the files that the package needs, whether or not they exist. The error is ErrMain or
// an error of the file system.
func Plan(p *Package, o Options) ([]File, error) {
	if o.Command && p.Name == "main" {
		return nil, ErrMain
	}
	page := newPage(p, o)
	var files []File
	add := func(file, text string) {
		files = append(files, File{Path: file, Text: text})
	}
	if o.Command {
		add(path.Join(p.Folder, familiesFile), page.source(familiesTemplate))
	}
	add(path.Join(p.Folder, testFile), page.source(testTemplate))
	for _, w := range p.Workflows {
		page.Workflow = w
		add(path.Join(p.Folder, histories, w.Family, "README.md"), page.text(readmeTemplate))
	}
	if o.Command {
		add(path.Join("cmd", page.Program, "main.go"), page.source(mainTemplate))
	}
	if o.GitHub {
		repository := p.Module.Repository()
		out, err := filepath.Rel(p.Module.Dir, repository)
		if err != nil {
			return nil, err
		}
		inside, err := filepath.Rel(repository, p.Module.Dir)
		if err != nil {
			return nil, err
		}
		page.Inside = filepath.ToSlash(inside)
		add(path.Join(filepath.ToSlash(out), ".github/workflows/replay.yml"), page.text(githubTemplate))
	}
	for i := range files {
		info, err := os.Lstat(p.Module.file(files[i]))
		files[i].Exists = err == nil
		switch {
		case err != nil, info.Mode().IsRegular():
		case info.IsDir():
			files[i].Is = "a folder"
		case info.Mode()&fs.ModeSymlink != 0:
			files[i].Is = "a link"
		default:
			files[i].Is = "no file"
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("planning %s: %w", files[i].Path, err)
		}
	}
	return files, nil
}

func (m Module) file(f File) string { return filepath.Join(m.Dir, filepath.FromSlash(f.Path)) }

// Repository returns the folder of the git repository that contains the module. If there is none,
// it returns the folder of the module.
func (m Module) Repository() string {
	for dir := m.Dir; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return m.Dir
		}
	}
}

// UsesGitHub reports whether the repository already has files for GitHub.
func (m Module) UsesGitHub() bool {
	info, err := os.Stat(filepath.Join(m.Repository(), ".github"))
	return err == nil && info.IsDir()
}

// TestCommand returns the command that runs the test, from the folder of the module.
func (p *Package) TestCommand() string {
	folder := "."
	if p.Folder != "." {
		folder = "./" + p.Folder
	}
	return "go test " + folder + " -run '^" + p.testName() + "$'"
}

// Recordings returns the folder of the family's recordings, relative to the folder of the module.
func (p *Package) Recordings(family string) string { return path.Join(p.Folder, histories, family) }

// Program returns the name of the command for the package's workflows.
func (p *Package) Program() string {
	return strings.ReplaceAll(p.Name, "_", "") + "matrix"
}

func (p *Package) testName() string { return p.free("TestReplay") }

// free returns a name that the package does not declare.
func (p *Package) free(name string) string {
	try := name
	for n := 2; p.names[try]; n++ {
		try = fmt.Sprintf("%s%d", name, n)
	}
	return try
}

// HistoriesFolder returns the folder of all recordings, relative to the folder of the module.
func (p *Package) HistoriesFolder() string { return path.Join(p.Folder, histories) }

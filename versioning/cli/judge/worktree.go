package judge

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
)

// A workTree finds the files of the repository that the command runs in by the paths
// that the compiler has recorded.
type workTree struct {
	// root is the folder that holds .git, without links, "" if there is none.
	root string
	// here is the folder that the command runs in.
	here string
	// modules are the folders of the Go modules in the tree by their paths. They are
	// looked for when somebody asks.
	modules func() map[string]string
	// replaced are the modules that the build took from a folder, by path@version.
	replaced map[string]bool
	// found are the answers of file: many cells are about the same few files.
	found map[string]string
}

func newWorkTree() *workTree {
	here, err := os.Getwd()
	if err != nil {
		return &workTree{}
	}
	build, _ := debug.ReadBuildInfo()
	return workTreeAt(here, build)
}

func workTreeAt(here string, build *debug.BuildInfo) *workTree {
	t := &workTree{here: resolved(here), replaced: map[string]bool{}, found: map[string]string{}}
	for dir := t.here; ; dir = filepath.Dir(dir) {
		// In a linked work tree it is a file.
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			t.root = dir
			break
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if workspace := os.Getenv("GITHUB_WORKSPACE"); t.root == "" && workspace != "" {
		// A checkout without git is an archive of the repository.
		if _, ok := within(resolved(workspace), t.here); ok {
			t.root = resolved(workspace)
		}
	}
	t.modules = sync.OnceValue(t.findModules)
	if build != nil {
		for _, m := range build.Deps {
			if m.Replace != nil && m.Replace.Version == "" {
				t.replaced[m.Path+"@"+m.Version] = true
			}
		}
	}
	return t
}

// file returns the path in the repository, with slashes, of a file as the compiler
// has recorded it, "" if it is not in there: code of the module cache, or the command
// was built somewhere else.
func (t *workTree) file(recorded string) string {
	if t.root == "" || recorded == "" {
		return ""
	}
	found, ok := t.found[recorded]
	if !ok {
		found = t.find(recorded)
		t.found[recorded] = found
	}
	return found
}

func (t *workTree) find(recorded string) string {
	path := filepath.FromSlash(recorded)
	if !filepath.IsAbs(path) { // built with -trimpath
		if path = t.inModule(recorded); path == "" {
			return ""
		}
	}
	path = resolved(path)
	relative, ok := within(t.root, path)
	if !ok || strings.Contains(relative, "@v") && strings.Contains("/"+relative, "/pkg/mod/") {
		return "" // CI systems like to have the module cache within the checkout
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return relative
}

// inModule finds a file that is named by its module: see go help build, -trimpath.
func (t *workTree) inModule(recorded string) string {
	name := recorded
	if module, rest, ok := strings.Cut(recorded, "@"); ok {
		version, rest, _ := strings.Cut(rest, "/")
		if !t.replaced[module+"@"+version] {
			return ""
		}
		name = module + "/" + rest
	}
	best := ""
	for module := range t.modules() {
		if strings.HasPrefix(name, module+"/") && len(module) > len(best) {
			best = module
		}
	}
	if best == "" {
		return ""
	}
	return filepath.Join(t.modules()[best], filepath.FromSlash(strings.TrimPrefix(name, best+"/")))
}

// findModules looks for go.mod above the working directory and below the root. Where
// two have the same path, the one above or nearer to the root is taken.
func (t *workTree) findModules() map[string]string {
	modules := map[string]string{}
	add := func(dir string) {
		if module := modulePath(filepath.Join(dir, "go.mod")); module != "" && modules[module] == "" {
			modules[module] = dir
		}
	}
	for dir := t.here; ; dir = filepath.Dir(dir) {
		add(dir)
		if dir == t.root || dir == filepath.Dir(dir) {
			break
		}
	}
	filepath.WalkDir(t.root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return nil
		}
		if name := entry.Name(); path != t.root &&
			(strings.HasPrefix(name, ".") || name == "node_modules" || name == "vendor") {
			return fs.SkipDir
		}
		add(path)
		return nil
	})
	return modules
}

// modulePath is the path that a go.mod file declares, "" if it declares none.
func modulePath(file string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "//")
		if fields := strings.Fields(line); len(fields) == 2 && fields[0] == "module" {
			return strings.Trim(fields[1], "\"`")
		}
	}
	return ""
}

// fallback is the go.mod nearest to the working directory, by its path in the
// repository, "" if there is none.
func (t *workTree) fallback() string {
	if t.root == "" {
		return ""
	}
	for dir := t.here; ; dir = filepath.Dir(dir) {
		if path := t.file(filepath.Join(dir, "go.mod")); path != "" {
			return path
		}
		if dir == t.root || dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// resolved is the path without links, or the path as it is if it leads nowhere.
func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return path
}

// within returns the path relative to the folder, with slashes, if it is in there.
func within(folder, path string) (string, bool) {
	relative, err := filepath.Rel(folder, path)
	if err != nil || relative == ".." || strings.HasPrefix(relative, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(relative), true
}

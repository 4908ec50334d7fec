package history

import (
	"fmt"
	"io/fs"
	"path"
)

// mostLinks is the number of links after which one is taken to lead to itself, as in Linux.
const mostLinks = 40

// stat says what the file is without opening it: to open a named pipe waits until somebody writes into it. fs.Stat opens
// the file of a file system without a Stat, as that of fs.Sub is. Only a link that leads out of such a file system is opened.
func stat(fsys fs.FS, name string) (fs.FileInfo, error) {
	_, hasStat := fsys.(fs.StatFS)
	links, hasLinks := fsys.(fs.ReadLinkFS)
	if hasStat || !hasLinks {
		return fs.Stat(fsys, name)
	}
	for range mostLinks {
		info, err := links.Lstat(name)
		if err != nil || info.Mode().Type() != fs.ModeSymlink {
			return info, err
		}
		target, err := links.ReadLink(name)
		if err != nil {
			return nil, err
		}
		next := path.Join(path.Dir(name), target)
		if path.IsAbs(target) || !fs.ValidPath(next) {
			return fs.Stat(fsys, name)
		}
		name = next
	}
	return nil, fmt.Errorf("%s: more than %d links lead to it", name, mostLinks)
}

// readRegular reads a file that is one, and neither a pipe nor a device.
func readRegular(fsys fs.FS, name string) ([]byte, error) {
	info, err := stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file (%s)", name, info.Mode().Type())
	}
	return fs.ReadFile(fsys, name)
}

// Checks an exported log with the Go project's own code: its notes, its tree, its tiles. Exit 0: everything holds.
//
//	goverify log DIR LOG_VKEY [WITNESS_VKEY]
//	goverify proof FILE ENTRY_FILE LOG_VKEY
//	goverify growth OLD NEW DIR LOG_VKEY
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "REFUSED:", err)
		os.Exit(1)
	}
	fmt.Println("holds")
}

func run(words []string) error {
	switch {
	case len(words) >= 3 && words[0] == "log":
		return whole(words[1], words[2:])
	case len(words) == 4 && words[0] == "proof":
		return proof(words[1], words[2], words[3])
	case len(words) == 5 && words[0] == "growth":
		return growth(words[1], words[2], words[3], words[4])
	}
	return errors.New("log, proof or growth")
}

// cosigner verifies a witness's timestamped signature (C2SP tlog-cosignature v1).
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	said := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(said), sig[8:])
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("a witness's key is name+id+key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, errors.New("not a witness's key")
	}
	sum := sha256.Sum256([]byte(parts[0] + "\n" + string(key)))
	if hex.EncodeToString(sum[:4]) != parts[1] {
		return nil, errors.New("the key's id is not its own")
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), key[1:]}, nil
}

// opened verifies the log's signature, and every witness's that was asked for, and reads the tree.
func opened(data []byte, keys []string) (tlog.Tree, error) {
	log, err := note.NewVerifier(keys[0])
	if err != nil {
		return tlog.Tree{}, err
	}
	verifiers := []note.Verifier{log}
	for _, key := range keys[1:] {
		witness, err := newCosigner(key)
		if err != nil {
			return tlog.Tree{}, err
		}
		verifiers = append(verifiers, witness)
	}
	made, err := note.Open(data, note.VerifierList(verifiers...))
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(made.Sigs) != len(verifiers) {
		return tlog.Tree{}, errors.New("not everybody signed")
	}
	lines := strings.Split(made.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// files reads tiles from a folder. The Go code checks each against the signed tree before it uses it.
type files struct{ folder string }

func (f files) Height() int                        { return height }
func (f files) SaveTiles([]tlog.Tile, [][]byte)     {}
func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
		data, err := os.ReadFile(filepath.Join(f.folder, path))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", path, len(data))
		}
		found = append(found, data)
	}
	return found, nil
}

// entries reads the bundles: each entry after its length in two bytes.
func entries(folder string, size int64) ([][]byte, error) {
	var found [][]byte
	for n := int64(0); n*256 < size; n++ {
		tile := tlog.Tile{H: height, L: 0, N: n, W: int(min(256, size-n*256))}
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/0/", height), "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return nil, err
		}
		for len(data) > 0 {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("%s is cut off", path)
			}
			length := 2 + int(binary.BigEndian.Uint16(data))
			found, data = append(found, data[2:length]), data[length:]
		}
	}
	if int64(len(found)) != size {
		return nil, fmt.Errorf("%d entries, %d signed", len(found), size)
	}
	return found, nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func whole(folder string, keys []string) error {
	data, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := opened(data, keys)
	if err != nil {
		return err
	}
	found, err := entries(folder, tree.N)
	if err != nil {
		return err
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(wanted []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(wanted))
		for at, index := range wanted {
			hashes[at] = stored[index]
		}
		return hashes, nil
	})
	for n, entry := range found {
		more, err := tlog.StoredHashes(int64(n), entry, reader)
		if err != nil {
			return err
		}
		stored = append(stored, more...)
	}
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil || root != tree.Hash {
		return errors.New("the entries do not give the root that was signed")
	}
	return tiled(folder, tree, found, stored)
}

// tiled checks every tile against the hashes of the entries, and proves each entry from the tiles alone.
func tiled(folder string, tree tlog.Tree, found [][]byte, stored []tlog.Hash) error {
	for _, tile := range tlog.NewTiles(height, 0, tree.N) {
		if tile.W < 256 && tile.N<<height+int64(tile.W) != tree.N>>(height*uint(tile.L)) {
			continue // a partial tile of a smaller tree
		}
		data, err := files{folder}.ReadTiles([]tlog.Tile{tile})
		if err != nil {
			return err
		}
		for at := 0; at < tile.W; at++ {
			index := tlog.StoredHashIndex(tile.L*height, tile.N<<height+int64(at))
			if !bytes.Equal(stored[index][:], data[0][at*tlog.HashSize:(at+1)*tlog.HashSize]) {
				return fmt.Errorf("%s differs", tile.Path())
			}
		}
	}
	reader := tlog.TileHashReader(tree, files{folder})
	for n, entry := range found {
		made, err := tlog.ProveRecord(tree.N, int64(n), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(made, tree.N, tree.Hash, int64(n), tlog.RecordHash(entry)); err != nil {
			return err
		}
	}
	return nil
}

func proof(file, entryFile, key string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	entry, err := os.ReadFile(entryFile)
	if err != nil {
		return err
	}
	parts := bytes.SplitN(data, []byte("\n\n"), 2)
	lines := strings.Split(string(parts[0]), "\n")
	if len(parts) != 2 || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	var made tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		made = append(made, hash)
	}
	tree, err := opened(parts[1], []string{key})
	if err != nil {
		return err
	}
	return tlog.CheckRecord(made, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

func growth(oldFile, newFile, folder, key string) error {
	var trees []tlog.Tree
	for _, file := range []string{oldFile, newFile} {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		tree, err := opened(data, []string{key})
		if err != nil {
			return err
		}
		trees = append(trees, tree)
	}
	made, err := tlog.ProveTree(trees[1].N, trees[0].N, tlog.TileHashReader(trees[1], files{folder}))
	if err != nil {
		return err
	}
	return tlog.CheckTree(made, trees[1].N, trees[1].Hash, trees[0].N, trees[0].Hash)
}

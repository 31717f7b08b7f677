// field-table writes kube/semantics/field_table.inc: which fields the API types have that the
// linter checks by name, read from the JSON tags of the published Go module k8s.io/api.
//
//	cd tools/field-table && go run . > ../../kube/semantics/field_table.inc
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// The kinds that start the walk. Their order fixes the numbers in the table.
var roots = []reflect.Type{
	reflect.TypeFor[appsv1.StatefulSet](),
	reflect.TypeFor[appsv1.DaemonSet](),
	reflect.TypeFor[corev1.Service](),
}

// Types with a JSON form of their own, whatever their Go fields are.
var scalars = map[reflect.Type]string{
	reflect.TypeFor[resource.Quantity]():  "kQuantity",
	reflect.TypeFor[intstr.IntOrString](): "kIntOrString",
	reflect.TypeFor[metav1.Time]():        "kTime",
	reflect.TypeFor[metav1.MicroTime]():   "kTime",
	reflect.TypeFor[metav1.FieldsV1]():    "kAny",
}

type field struct {
	name, shape, kind string
	index             int
}

type table struct {
	numbers   map[reflect.Type]int
	types     []reflect.Type
	fields    [][]field
	enums     map[string][]string // "package path.Type" -> values
	usedEnums []string
}

func main() {
	t := &table{numbers: map[reflect.Type]int{}, enums: readEnums("k8s.io/api")}
	for _, root := range roots {
		t.number(root)
	}
	// fields() numbers the types it meets, so the list grows while it is walked.
	for i := 0; i < len(t.types); i++ {
		t.fields = append(t.fields, t.fieldsOf(t.types[i]))
	}
	t.write(bufio.NewWriter(os.Stdout))
}

func (t *table) number(typ reflect.Type) int {
	if n, ok := t.numbers[typ]; ok {
		return n
	}
	n := len(t.types)
	t.numbers[typ] = n
	t.types = append(t.types, typ)
	return n
}

func (t *table) fieldsOf(typ reflect.Type) []field {
	var all []field
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() {
			continue
		}
		if strings.Contains(options, "inline") || (f.Anonymous && name == "") {
			all = append(all, t.fieldsOf(f.Type)...)
			continue
		}
		entry := field{name: name, shape: "kOne"}
		ft := f.Type
		for done := false; !done; {
			switch {
			case scalars[ft] != "":
				done = true
			case ft.Kind() == reflect.Pointer:
				ft = ft.Elem()
			case ft.Kind() == reflect.Slice && ft.Elem().Kind() == reflect.Uint8:
				done = true
			case ft.Kind() == reflect.Slice:
				entry.shape, ft = "kList", ft.Elem()
			case ft.Kind() == reflect.Map && ft.Elem().Kind() == reflect.Slice:
				entry.shape, ft, done = "kMap", reflect.TypeFor[any](), true
			case ft.Kind() == reflect.Map:
				entry.shape, ft = "kMap", ft.Elem()
			default:
				done = true
			}
		}
		entry.kind, entry.index = t.kindOf(ft)
		all = append(all, entry)
	}
	return all
}

func (t *table) kindOf(typ reflect.Type) (string, int) {
	if kind, ok := scalars[typ]; ok {
		return kind, 0
	}
	switch typ.Kind() {
	case reflect.Struct:
		return "kStruct", t.number(typ)
	case reflect.String:
		key := typ.PkgPath() + "." + typ.Name()
		if len(t.enums[key]) == 0 {
			return "kString", 0
		}
		for i, used := range t.usedEnums {
			if used == key {
				return "kEnum", i
			}
		}
		t.usedEnums = append(t.usedEnums, key)
		return "kEnum", len(t.usedEnums) - 1
	case reflect.Int32:
		return "kInt32", 0
	case reflect.Int64, reflect.Int:
		return "kInt64", 0
	case reflect.Bool:
		return "kBool", 0
	case reflect.Slice:
		return "kString", 0 // []byte is base64 text
	case reflect.Interface:
		return "kAny", 0
	}
	log.Fatalf("no JSON kind for %v", typ)
	return "", 0
}

// readEnums finds the string types marked "+enum" in a module's source, and their constants.
func readEnums(module string) map[string][]string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		log.Fatal(err)
	}
	root := strings.TrimSpace(string(out))
	enums := map[string][]string{}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Base(path) != "types.go" {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		dir, _ := filepath.Rel(root, filepath.Dir(path))
		addEnums(file, module+"/"+filepath.ToSlash(dir)+".", enums)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	return enums
}

func addEnums(file *ast.File, prefix string, enums map[string][]string) {
	marked := map[string]bool{}
	for _, decl := range file.Decls {
		g, ok := decl.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		for _, spec := range g.Specs {
			ts := spec.(*ast.TypeSpec)
			if strings.Contains(g.Doc.Text()+ts.Doc.Text(), "+enum") || hasMarker(g.Doc) {
				marked[ts.Name.Name] = true
			}
		}
	}
	for _, decl := range file.Decls {
		g, ok := decl.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, spec := range g.Specs {
			vs := spec.(*ast.ValueSpec)
			name, ok := vs.Type.(*ast.Ident)
			if !ok || !marked[name.Name] {
				continue
			}
			for _, v := range vs.Values {
				if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					text, _ := strconv.Unquote(lit.Value)
					enums[prefix+name.Name] = append(enums[prefix+name.Name], text)
				}
			}
		}
	}
}

func hasMarker(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if strings.TrimSpace(strings.TrimPrefix(c.Text, "//")) == "+enum" {
			return true
		}
	}
	return false
}

func (t *table) write(w *bufio.Writer) {
	defer w.Flush()
	version := "?"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range info.Deps {
			if dep.Path == "k8s.io/api" {
				version = dep.Version
			}
		}
	}
	fmt.Fprintf(w, "// Generated by tools/field-table from the Go module k8s.io/api %s:\n", version)
	fmt.Fprintf(w, "//   cd tools/field-table && go run . > ../../kube/semantics/field_table.inc\n")
	fmt.Fprintf(w, "// Included by kube/semantics/fields.cc only. Do not edit.\n// clang-format off\n\n")
	fmt.Fprintf(w, "constexpr Field kFields[] = {\n")
	first := 0
	var starts []int
	for i, fields := range t.fields {
		sort.SliceStable(fields, func(a, b int) bool { return fields[a].name < fields[b].name })
		fmt.Fprintf(w, "// %d %s\n", i, t.types[i].Name())
		for _, f := range fields {
			fmt.Fprintf(w, "{%q,Shape::%s,FieldKind::%s,%d},\n", f.name, f.shape, f.kind, f.index)
		}
		starts = append(starts, first)
		first += len(fields)
	}
	fmt.Fprintf(w, "};\n\nconstexpr TypeRow kTypes[] = {\n")
	for i, typ := range t.types {
		fmt.Fprintf(w, "{%q,%d,%d},\n", typ.Name(), starts[i], len(t.fields[i]))
	}
	fmt.Fprintf(w, "};\n\nconstexpr std::string_view kEnumValues[] = {\n")
	first = 0
	starts = nil
	for _, key := range t.usedEnums {
		starts = append(starts, first)
		for _, v := range t.enums[key] {
			fmt.Fprintf(w, "%q,", v)
			first++
		}
		fmt.Fprintf(w, "\n")
	}
	fmt.Fprintf(w, "};\n\nconstexpr EnumRow kEnums[] = {\n")
	for i, key := range t.usedEnums {
		fmt.Fprintf(w, "{%q,%d,%d},\n", key[strings.LastIndex(key, ".")+1:], starts[i], len(t.enums[key]))
	}
	fmt.Fprintf(w, "};\n")
}

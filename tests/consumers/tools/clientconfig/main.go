// Says what client-go makes of kubeconfigs, flags and environments: clientconfig FOLDER reads
// FOLDER/cases.json and prints what FOLDER/expected.json should hold. Nothing is sent.
package main

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"

	"github.com/spf13/pflag"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/client-go/kubernetes/scheme"
	_ "k8s.io/client-go/plugin/pkg/client/auth"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/transport"
)

type testCase struct {
	Name string            `json:"name"`
	Args []string          `json:"args"`
	Env  map[string]string `json:"env"`
}

// What a request would look like and where it would go.
type outcome struct {
	Name               string              `json:"name"`
	Error              string              `json:"error,omitempty"` // for readers; only that there is one counts
	Server             string              `json:"server,omitempty"`
	Namespace          string              `json:"namespace,omitempty"`
	Authorization      string              `json:"authorization,omitempty"`
	Impersonate        map[string][]string `json:"impersonate,omitempty"`
	Proxy              string              `json:"proxy,omitempty"`
	CA                 []string            `json:"ca,omitempty"` // subjects
	Insecure           bool                `json:"insecure,omitempty"`
	TLSServerName      string              `json:"tlsServerName,omitempty"`
	Certificate        string              `json:"certificate,omitempty"` // its subject
	DisableCompression bool                `json:"disableCompression,omitempty"`
	TimeoutMs          int64               `json:"timeoutMs,omitempty"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "clientconfig:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) == 4 && os.Args[1] == "--one" {
		return one(os.Args[2], os.Args[3])
	}
	folder, err := filepath.Abs(os.Args[1])
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(folder, "cases.json"))
	if err != nil {
		return err
	}
	var cases []testCase
	if err := json.Unmarshal(text, &cases); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	outcomes := []json.RawMessage{}
	for _, c := range cases {
		// client-go reads HOME and KUBERNETES_MASTER when it is loaded, so each case is a process.
		args, _ := json.Marshal(c.Args)
		command := exec.Command(self, "--one", c.Name, string(args))
		command.Dir = folder
		command.Env = []string{"HOME=" + folder + "/home", "PATH=" + folder + "/bin:/usr/bin:/bin"}
		for name, value := range c.Env {
			command.Env = append(command.Env, name+"="+strings.ReplaceAll(value, "$FOLDER", folder))
		}
		var complaints bytes.Buffer
		command.Stderr = &complaints
		output, err := command.Output()
		if err != nil {
			return fmt.Errorf("%s: %v: %s", c.Name, err, complaints.String())
		}
		outcomes = append(outcomes, json.RawMessage(strings.ReplaceAll(string(output), folder, "$FOLDER")))
	}
	result, err := json.MarshalIndent(outcomes, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Println(string(result))
	return err
}

func one(name, args string) error {
	var arguments []string
	if err := json.Unmarshal([]byte(args), &arguments); err != nil {
		return err
	}
	got := outcome{Name: name}
	if err := look(arguments, &got); err != nil {
		got = outcome{Name: name, Error: err.Error()}
	}
	return json.NewEncoder(os.Stdout).Encode(got)
}

func look(arguments []string, got *outcome) error {
	// kubectl's own (kubectl v0.37, cmd.go), but for the prompt for a user name.
	config := genericclioptions.NewConfigFlags(true)
	username, password := "", ""
	config.Username, config.Password = &username, nil
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	config.AddFlags(flags)
	flags.StringVar(&password, "password", "", "")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if password != "" {
		config.Password = &password
	}
	rc, err := config.ToRESTConfig()
	if err != nil {
		return err
	}
	if got.Namespace, _, err = config.ToRawKubeConfigLoader().Namespace(); err != nil {
		return err
	}
	got.DisableCompression = rc.DisableCompression
	got.TimeoutMs = rc.Timeout.Milliseconds()
	return request(rc, got)
}

func request(rc *rest.Config, got *outcome) error {
	rc.NegotiatedSerializer = scheme.Codecs.WithoutConversion()
	url, _, err := rest.DefaultServerUrlFor(rc)
	if err != nil {
		return err
	}
	client, err := rest.UnversionedRESTClientFor(rc)
	if err != nil {
		return err
	}
	base := client.Get().AbsPath("/").URL()
	base.RawQuery = "" // the timeout
	got.Server = strings.TrimSuffix(base.String(), "/")

	tc, err := rc.TransportConfig()
	if err != nil {
		return err
	}
	tlsConfig, err := transport.TLSConfigFor(tc)
	if err != nil {
		return err
	}
	if tlsConfig != nil && url.Scheme == "https" {
		got.Insecure = tlsConfig.InsecureSkipVerify
		got.TLSServerName = tlsConfig.ServerName
		for rest := tc.TLS.CAData; len(rest) > 0; {
			var block *pem.Block
			if block, rest = pem.Decode(rest); block == nil {
				break
			}
			certificate, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return err
			}
			got.CA = append(got.CA, certificate.Subject.String())
		}
	}

	recorder := &recorder{}
	rt, err := transport.HTTPWrappersForConfig(tc, recorder)
	if err != nil {
		return err
	}
	r, err := http.NewRequest(http.MethodGet, url.String(), nil)
	if err != nil {
		return err
	}
	if _, err := rt.RoundTrip(r); err != nil {
		return err
	}
	got.Authorization = recorder.seen.Header.Get("Authorization")
	for name, values := range recorder.seen.Header {
		if strings.HasPrefix(name, "Impersonate-") {
			if got.Impersonate == nil {
				got.Impersonate = map[string][]string{}
			}
			sort.Strings(values)
			got.Impersonate[name] = values
		}
	}
	if tlsConfig != nil && url.Scheme == "https" && tlsConfig.GetClientCertificate != nil {
		certificate, err := tlsConfig.GetClientCertificate(nil)
		if err != nil {
			return err
		}
		if certificate != nil && len(certificate.Certificate) > 0 {
			parsed, err := x509.ParseCertificate(certificate.Certificate[0])
			if err != nil {
				return err
			}
			got.Certificate = parsed.Subject.String()
		}
	}
	proxy := http.ProxyFromEnvironment
	if rc.Proxy != nil {
		proxy = rc.Proxy
	}
	if used, err := proxy(r); err != nil {
		return err
	} else if used != nil {
		got.Proxy = used.String()
	}
	return nil
}

type recorder struct{ seen *http.Request }

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	r.seen = request
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: http.NoBody, Request: request}, nil
}

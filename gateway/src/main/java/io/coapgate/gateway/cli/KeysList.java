package io.coapgate.gateway.cli;

import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.IssuerKeyStore;
import io.coapgate.gateway.keys.KeyRing;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the keys, and nothing secret of them. */
@Command(name = "list", description = "Shows the keys, and nothing secret of them.", mixinStandardHelpOptions = true)
final class KeysList implements Callable<Integer> {
    private final StoreOpener opener;

    @Mixin
    private KeysOptions options = new KeysOptions();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeysList(StoreOpener opener) {
        this.opener = opener;
    }

    @Override
    public Integer call() throws ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        IssuerKeyStore store = opener.open(options.config(), err);
        List<KeyRing> rings = store.inUse(store.read());
        Instant now = store.now();
        if (json) {
            out.println(KeyTable.json(rings));
        } else if (rings.isEmpty()) {
            err.println(
                    store.rotations().isEmpty()
                            ? "The gateway makes no keys with this configuration."
                            : "There are no keys yet: the gateway makes them when it starts.");
        } else {
            new KeyTable(now).lines(rings).forEach(out::println);
        }
        return ExitCode.OK;
    }
}

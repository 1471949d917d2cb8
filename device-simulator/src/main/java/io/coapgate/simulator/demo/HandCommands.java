package io.coapgate.simulator.demo;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.launch.LocalGateway;
import io.coapgate.simulator.launch.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Commands that talk to the demo's gateway by hand. They hold the demo's own keys, which live as long as the demo.
 *
 * @param psk for {@code coap-client-openssl}
 * @param rpk for {@code coap-client-gnutls}
 * @param keys shows the gateway's public keys
 */
record HandCommands(String psk, String rpk, String keys) {

    static HandCommands of(LocalGateway gateway, DemoDevices devices) throws IOException, KeyFormatException {
        Credential.PreSharedKey psk = (Credential.PreSharedKey) devices.psk().credential();
        Credential.RawPublicKey rpk = (Credential.RawPublicKey) devices.rpk().credential();
        Path keyFile = gateway.files().path().resolve(devices.rpk().id() + ".pem");
        PrivateFiles.write(keyFile, Pem.encodeSec1(rpk.keys()));
        String get = "-m get coaps://";
        return new HandCommands(
                "coap-client-openssl -u %s -k %s %s%s/status/hello"
                        .formatted(
                                psk.identity(),
                                new String(psk.key().expose(), StandardCharsets.US_ASCII),
                                get,
                                HostPort.format(gateway.coaps("psk"))),
                "coap-client-gnutls -M %s %s%s/status/hello"
                        .formatted(keyFile, get, HostPort.format(gateway.coaps("rpk"))),
                "curl -s http://%s/.well-known/jwks.json"
                        .formatted(HostPort.format(gateway.addresses().http("public"))));
    }

    List<String> all() {
        return List.of(psk, rpk, keys);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "HandCommands";
    }
}

package io.coapgate.simulator.demo;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.simulator.device.AuthorizationServer;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.launch.GatewayPorts;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.GatewaySetup.Route;
import io.coapgate.simulator.launch.GatewaySetup.TokenIssuer;
import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.LocalGateway;
import io.coapgate.simulator.launch.Pki;
import io.coapgate.simulator.upstream.ReceivedRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Shows the whole way on loopback: three devices are let in by DTLS, their CWTs become JWTs, and a service that verified
 * those answers. Every step is checked.
 */
public final class Demo {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final int THREADS = 2;

    private final Clock clock;
    private final SecureRandom random;
    private final Page page;

    public Demo(PrintStream out, Paint paint, Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        this.page = new Page(out, paint);
    }

    /**
     * Runs the demo.
     *
     * @param once end after the checks, else stay until interrupted
     * @return whether all checks passed
     */
    public boolean run(boolean once) throws IOException, GeneralSecurityException, InterruptedException {
        KeyPair gatewayKeys = KeyPairs.p256(random);
        Pki pki = new Pki(KeyPairs.p256(random), clock, random);
        AuthorizationServer issuer =
                new AuthorizationServer("coaps://as.demo.example", KeyPairs.p256(random), clock, random);
        DemoDevices devices = DemoDevices.make(gatewayKeys.getPublic(), pki, issuer, clock, random);
        GatewaySetup setup = new GatewaySetup(
                gatewayKeys,
                pki,
                GatewayPorts.usualIfFree(),
                List.of(new TokenIssuer(issuer.name(), issuer.algorithm(), Pem.encode(issuer.publicKey()))),
                List.of(new Route("/telemetry/**", true), new Route("/status/**", false)));
        page.line("starting a gateway and a service with fresh keys ...");
        page.end();
        try (LocalGateway gateway = LocalGateway.start(
                        setup, devices.enrolments(), LocalGateway.Service.VERIFY_AND_TELL, JavaCommand.plain(), clock);
                DeviceRuntime runtime = DeviceRuntime.withThreads(THREADS, ANSWER_TIMEOUT)) {
            introduce(gateway);
            DemoScenes scenes = new DemoScenes(page, gateway, runtime);
            scenes.play(devices);
            compare(scenes, issuer);
            joinIn(HandCommands.of(gateway, devices), once);
            return !page.hasFailed();
        } catch (KeyFormatException e) {
            throw new GeneralSecurityException("a key can't be written", e);
        } finally {
            page.end();
        }
    }

    private void introduce(LocalGateway gateway) {
        page.heading("The house");
        for (String listener : List.of("psk", "rpk", "x509")) {
            page.row("coaps", "%-22s %s".formatted(HostPort.format(gateway.coaps(listener)), listener));
        }
        page.row(
                "http",
                "%-22s JWKS".formatted(HostPort.format(gateway.addresses().http("public"))));
        page.row(
                "http",
                "%-22s health, metrics"
                        .formatted(HostPort.format(gateway.addresses().http("admin"))));
        page.row(
                "service",
                "127.0.0.1:%-12d takes JWTs that the gateway's published keys verify"
                        .formatted(gateway.upstream().port()));
    }

    private void compare(DemoScenes scenes, AuthorizationServer issuer) throws GeneralSecurityException {
        page.heading("A CWT becomes a JWT");
        if (scenes.shownRequest().isEmpty()) {
            page.check("the service got a JWT", "no request", false);
            return;
        }
        ReceivedRequest request = scenes.shownRequest().get();
        byte[] token = scenes.shownToken();
        try {
            VerificationKey key = VerificationKey.of(CoseAlgorithm.ES256, issuer.publicKey());
            VerifiedCwt cwt = new CwtVerifier(CwtPolicy.forAudience(GatewaySetup.AUDIENCE), clock)
                    .verify(token, name -> List.of(key));
            new TokenComparison(
                            token,
                            cwt,
                            request.bearerToken().orElseThrow(),
                            request.jwt().orElseThrow())
                    .write(page);
        } catch (CoseException | InvalidCwtException e) {
            throw new GeneralSecurityException("the demo's own token does not verify", e);
        }
    }

    private void joinIn(HandCommands commands, boolean once) throws InterruptedException {
        page.heading(page.hasFailed() ? "Something FAILED, see above" : "All as it should be");
        if (once) {
            return;
        }
        page.line("Try it by hand (Debian: libcoap3-bin):");
        page.line("");
        page.commands(commands.all());
        page.line("");
        page.line("Ctrl-C ends the demo and deletes its keys.");
        page.end();
        new CountDownLatch(1).await();
    }
}

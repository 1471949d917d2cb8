package io.coapgate.crypto.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Java platform builds on JCA keeps working with either provider in front: key stores, certificates, TLS. */
@ResourceLock(Resources.GLOBAL)
class ProviderInPlatformTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final BareProviders bare = new BareProviders();

    @AfterEach
    void restore() {
        bare.close();
    }

    @ParameterizedTest
    @CsvSource({"EC, -groupname secp256r1", "EdDSA, -groupname Ed25519", "RSA, -keysize 2048"})
    void keyStoresCertificatesAndTlsWorkOnTheNativeProvider(String keyType, String parameters, @TempDir Path directory)
            throws Exception {
        NativePlatform.wholeProviderOrSkip();
        CryptoProvider.CORRETTO.install();
        keyStoresCertificatesAndTlsWork(keyType, parameters, directory);
    }

    @ParameterizedTest
    @CsvSource({"EC, -groupname secp256r1", "EdDSA, -groupname Ed25519", "EdDSA, -groupname Ed448"})
    void keyStoresCertificatesAndTlsWorkWithoutIt(String keyType, String parameters, @TempDir Path directory)
            throws Exception {
        CryptoProvider.JDK.install();
        keyStoresCertificatesAndTlsWork(keyType, parameters, directory);
    }

    private void keyStoresCertificatesAndTlsWork(String keyType, String parameters, Path directory) throws Exception {
        KeyStore store = keyStore(keyType, parameters, directory);
        X509Certificate certificate = (X509Certificate) store.getCertificate("test");
        certificate.verify(certificate.getPublicKey());
        SSLContext context = context(store);

        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            SSLEngine client = context.createSSLEngine("localhost", 0);
            client.setUseClientMode(true);
            client.setEnabledProtocols(new String[] {protocol});
            SSLEngine server = context.createSSLEngine();
            server.setUseClientMode(false);
            server.setNeedClientAuth(true);
            handshake(client, server);

            assertThat(server.getSession().getPeerCertificates()[0]).isEqualTo(certificate);
            assertThat(client.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    private KeyStore keyStore(String keyType, String parameters, Path directory) throws Exception {
        Path file = directory.resolve("test.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String arguments = "-genkeypair -alias test -dname CN=localhost -storetype PKCS12 -storepass changeit -keyalg "
                + keyType + " " + parameters + " -keystore " + file;
        Process process = new ProcessBuilder((keytool + " " + arguments).split(" "))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, PASSWORD);
        }
        return store;
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = trusting(store);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore trusting(KeyStore store) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("peer", store.getCertificate("test"));
        return trusted;
    }

    /** Passes records between the two until both are done; a failure is thrown by one of them. */
    private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(64 * 1024);
        ByteBuffer toClient = ByteBuffer.allocate(64 * 1024);
        client.beginHandshake();
        server.beginHandshake();
        for (int round = 0; round < 100 && !(isDone(client) && isDone(server)); round++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        assertThat(isDone(client) && isDone(server)).isTrue();
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        ByteBuffer plain = ByteBuffer.allocate(64 * 1024);
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        } else if (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
            in.flip();
            engine.unwrap(in, plain);
            in.compact();
        }
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }
}

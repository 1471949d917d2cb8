package io.coapgate.gateway.upstream;

import io.coapgate.crypto.key.CertificateBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** An authority for tests, with what it signs for servers and clients. */
public final class Pki {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration DAY = Duration.ofDays(1);

    private final Instant now = Instant.now();
    private final KeyPair keys = p256();
    private final X509Certificate authority;

    public Pki(String name) throws GeneralSecurityException {
        authority = builder(name, keys).authority().selfSigned(keys.getPrivate());
    }

    static KeyPair p256() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    public X509Certificate authority() {
        return authority;
    }

    public TlsMaterial.Identity client(String name) throws GeneralSecurityException {
        KeyPair pair = p256();
        return identity(pair, builder(name, pair).clientAuthentication());
    }

    public TlsMaterial.Identity server(String host) throws GeneralSecurityException {
        KeyPair pair = p256();
        return identity(pair, builder("server", pair).serverAuthentication().dnsName(host));
    }

    private TlsMaterial.Identity identity(KeyPair pair, CertificateBuilder builder) throws GeneralSecurityException {
        return new TlsMaterial.Identity(List.of(builder.signedBy(authority, keys.getPrivate())), pair.getPrivate());
    }

    private CertificateBuilder builder(String name, KeyPair pair) {
        return new CertificateBuilder(name, pair.getPublic(), now.minus(DAY), now.plus(DAY), RANDOM);
    }

    /** On loopback; asks for a client certificate of this authority if {@code mutual}. */
    public ServerSocket listening(TlsMaterial.Identity identity, boolean mutual)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keyStore(identity), new char[0]);
        KeyStore trusted = empty();
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        SSLServerSocket socket = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        socket.setNeedClientAuth(mutual);
        return socket;
    }

    static KeyStore keyStore(TlsMaterial.Identity identity) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("key", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}

package io.coapgate.gateway.dtls;

import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.CertificateIdentity;
import io.coapgate.gateway.device.CertificateIdentity.SubjectAlternativeName;
import io.coapgate.gateway.device.CertificateIdentity.SubjectAlternativeName.Kind;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What a certificate can be recognised by, the most specific first: itself, then its alternative names in their order. */
final class CertificateIdentities {
    private static final int DNS_NAME = 2;
    private static final int URI = 6;
    private static final int MAX_NAMES = 16;
    private static final int MAX_NAME_CHARACTERS = 255;

    private CertificateIdentities() {}

    static Thumbprint fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        return Thumbprint.ofContent(certificate.getEncoded());
    }

    static List<CertificateIdentity> of(X509Certificate certificate)
            throws CertificateEncodingException, CertificateParsingException {
        List<CertificateIdentity> identities = new ArrayList<>();
        identities.add(new CertificateIdentity.Fingerprint(fingerprint(certificate)));
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            names.stream().limit(MAX_NAMES).forEach(name -> add(identities, name));
        }
        return identities;
    }

    private static void add(List<CertificateIdentity> identities, List<?> generalName) {
        if (generalName.get(1) instanceof String value && !value.isEmpty() && value.length() <= MAX_NAME_CHARACTERS) {
            if (generalName.get(0).equals(DNS_NAME)) {
                identities.add(new SubjectAlternativeName(Kind.DNS, value.toLowerCase(Locale.ROOT)));
            } else if (generalName.get(0).equals(URI)) {
                identities.add(new SubjectAlternativeName(Kind.URI, value));
            }
        }
    }
}

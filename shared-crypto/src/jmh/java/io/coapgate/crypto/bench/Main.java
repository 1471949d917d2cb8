package io.coapgate.crypto.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Runs all and prints a Markdown table: {@code full} in three rounds, {@code quick} in one short round, {@code jmh …} with
 * JMH's own command line.
 */
public final class Main {

    /** Every row, with the contenders that can do it: authlete has neither MACs nor decryption, Nimbus no CBOR. */
    private static final List<Row> ROWS = List.of(
            new Row("verify COSE_Mac0, HMAC 256/256", VerifyMac0.class, "", List.of("coseJava")),
            new Row("verify COSE_Sign1, ES256", VerifySign1.class, "ES256", List.of("coseJava", "authlete")),
            new Row("verify COSE_Sign1, Ed25519", VerifySign1.class, "EDDSA", List.of("coseJava", "authlete")),
            new Row(
                    "decrypt COSE_Encrypt0, AES-CCM-16-64-128",
                    DecryptEncrypt0.class,
                    "AES_CCM_16_64_128",
                    List.of("coseJava")),
            new Row("decrypt COSE_Encrypt0, A128GCM", DecryptEncrypt0.class, "A128GCM", List.of("coseJava")),
            new Row("verify CWT, HMAC 256/256", VerifyCwt.class, "HMAC_256_256", List.of("coseJava")),
            new Row("verify CWT, ES256", VerifyCwt.class, "ES256", List.of("coseJava", "authlete")),
            new Row("mint JWT, ES256", MintJwt.class, "ES256", List.of("nimbus")),
            new Row("mint JWT, EdDSA", MintJwt.class, "EDDSA", List.of()),
            new Row("mint JWT, RS256", MintJwt.class, "RS256", List.of("nimbus")));

    private Main() {}

    /**
     * Runs what the arguments say.
     *
     * @param args {@code full} or {@code quick} and, if not all rows are wanted, a part of their titles; or {@code jmh} and
     *     what is meant for JMH
     */
    public static void main(String[] args) throws Exception {
        String mode = args.length == 0 ? "full" : args[0];
        switch (mode) {
            case "full" -> new Comparison(3, 3).run(chosen(args));
            case "quick" -> new Comparison(1, 2).run(chosen(args));
            case "jmh" -> org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            default -> throw new IllegalArgumentException("full, quick or jmh, not " + mode);
        }
    }

    private static List<Row> chosen(String[] args) {
        String part = args.length > 1 ? args[1] : "";
        return ROWS.stream().filter(row -> row.title().contains(part)).toList();
    }
}

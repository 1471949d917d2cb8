package io.coapgate.gateway.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Base64;
import java.util.HexFormat;

/** How a CWT is written; the names are what one types. */
enum TokenFormat {
    hex,
    base64url,
    binary;

    void write(byte[] token, PrintWriter out, OutputStream binaryOutput) throws IOException {
        switch (this) {
            case hex -> out.println(HexFormat.of().formatHex(token));
            case base64url ->
                out.println(Base64.getUrlEncoder().withoutPadding().encodeToString(token));
            case binary -> {
                binaryOutput.write(token);
                binaryOutput.flush();
            }
        }
    }
}

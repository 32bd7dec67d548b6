package dev.gangway.servlet.environment;

import java.util.Set;

/** The differences between the {@code jakarta.servlet} environments that show in the classes of an application. */
enum ApiChange {
    REMOVED_AFTER_EE9(
            Set.of(
                    "jakarta/servlet/SingleThreadModel",
                    "jakarta/servlet/http/HttpSessionContext",
                    "jakarta/servlet/http/HttpUtils"),
            Set.of(
                    "<init>(ILjakarta/servlet/Servlet;Ljava/lang/String;)V",
                    "<init>(Ljakarta/servlet/Servlet;Ljava/lang/String;)V",
                    "encodeRedirectUrl(Ljava/lang/String;)Ljava/lang/String;",
                    "encodeUrl(Ljava/lang/String;)Ljava/lang/String;",
                    "getRealPath(Ljava/lang/String;)Ljava/lang/String;",
                    "getServlet(Ljava/lang/String;)Ljakarta/servlet/Servlet;",
                    "getServlet()Ljakarta/servlet/Servlet;",
                    "getServletNames()Ljava/util/Enumeration;",
                    "getServlets()Ljava/util/Enumeration;",
                    "getValue(Ljava/lang/String;)Ljava/lang/Object;",
                    "getValueNames()[Ljava/lang/String;",
                    "isRequestedSessionIdFromUrl()Z",
                    "log(Ljava/lang/Exception;Ljava/lang/String;)V",
                    "putValue(Ljava/lang/String;Ljava/lang/Object;)V",
                    "removeValue(Ljava/lang/String;)V",
                    "setStatus(ILjava/lang/String;)V")),
    NEW_IN_EE10(
            Set.of("jakarta/servlet/ServletConnection"),
            Set.of(
                    "getAttribute(Ljava/lang/String;)Ljava/lang/String;",
                    "getAttributes()Ljava/util/Map;",
                    "getErrorOnELNotFound()Ljava/lang/String;",
                    "getProtocolRequestId()Ljava/lang/String;",
                    "getRequestId()Ljava/lang/String;",
                    "setAttribute(Ljava/lang/String;Ljava/lang/String;)V")),
    NEW_IN_EE11(
            Set.of("jakarta/servlet/http/HttpSession$Accessor"),
            Set.of(
                    "read(Ljava/nio/ByteBuffer;)I",
                    "sendRedirect(Ljava/lang/String;I)V",
                    "sendRedirect(Ljava/lang/String;IZ)V",
                    "sendRedirect(Ljava/lang/String;Z)V",
                    "setCharacterEncoding(Ljava/nio/charset/Charset;)V",
                    "setRequestCharacterEncoding(Ljava/nio/charset/Charset;)V",
                    "setResponseCharacterEncoding(Ljava/nio/charset/Charset;)V",
                    "write(Ljava/nio/ByteBuffer;)V"));

    private final Set<String> classes;
    private final Set<String> methods;

    ApiChange(Set<String> classes, Set<String> methods) {
        this.classes = classes;
        this.methods = methods;
    }

    /** {@return whether it concerns the class with this internal name} */
    boolean hasClass(String name) {
        return classes.contains(name);
    }

    /** {@return whether it concerns this method of the Servlet API} */
    boolean hasMethod(String owner, String nameAndDescriptor) {
        return owner.startsWith("jakarta/servlet/") && methods.contains(nameAndDescriptor);
    }
}

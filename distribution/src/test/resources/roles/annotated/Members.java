import ${namespace}.servlet.annotation.HttpConstraint;
import ${namespace}.servlet.annotation.ServletSecurity;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;

/** Is there for its annotations only. */
@WebServlet("/members/*")
@ServletSecurity(@HttpConstraint(rolesAllowed = "user"))
public class Members extends HttpServlet {}

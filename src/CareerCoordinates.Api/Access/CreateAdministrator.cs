using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Access;

/// <summary>The first administrator is made where the database is: whoever can do that could do anything with it anyway.</summary>
public static class CreateAdministrator
{
    /// <summary>Typed without echo, or one line of standard input; never an argument, which others could read.</summary>
    public static string? ReadPassword()
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine();
        }
        Console.Error.Write("Password: ");
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }

    public static async Task<Outcome<string>> RunAsync(CareerStore store, Passwords passwords, string name, string password)
    {
        if ((AccountRules.CheckName(name) ?? Passwords.Check(name, password, "")) is { } refusal)
        {
            return refusal;
        }
        var hash = await passwords.HashAsync(name, password);
        return await store.Gate.RunAsync<string>(tx =>
        {
            if (tx.Connection.FindAccount(name) is not null)
            {
                return new Refusal(AccountRules.NameTaken, "", name);
            }
            var account = new Account(tx.NewId(), name, hash, null, false, tx.RecordedAt, "command line");
            tx.Add(account);
            tx.Add(account.Id, new RoleGrant(tx.NewId(), Role.Administrator, null, []), "command line");
            tx.Audit("command line", "createAdministrator", null, $$"""{"account":"{{name}}"}""");
            return name;
        });
    }
}

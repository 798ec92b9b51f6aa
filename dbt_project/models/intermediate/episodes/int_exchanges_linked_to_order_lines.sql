with

requests as (
    select
        return_line_id,
        order_line_id
    from {{ ref('int_return_requests_matched_to_order_lines') }}
    where order_line_id is not null
),

exchanges as (
    select
        exchange_id,
        return_line_id,
        replacement_order_line_id
    from {{ ref('stg_shop__exchanges') }}
    where replacement_order_line_id is not null
),

-- A replacement that several exchanges name belongs to the first of them.
ranked as (
    select
        exchanges.replacement_order_line_id as order_line_id,
        exchanges.exchange_id,
        exchanges.return_line_id,
        requests.order_line_id as sent_back_order_line_id,
        row_number() over (
            partition by exchanges.replacement_order_line_id
            order by exchanges.exchange_id
        ) as exchange_number
    from exchanges
    inner join requests on exchanges.return_line_id = requests.return_line_id
    where requests.order_line_id <> exchanges.replacement_order_line_id
),

final as (
    select
        order_line_id,
        exchange_id,
        return_line_id,
        sent_back_order_line_id
    from ranked
    where exchange_number = 1
)

select * from final
